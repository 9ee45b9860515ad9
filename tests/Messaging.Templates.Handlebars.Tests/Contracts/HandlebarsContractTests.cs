using Messaging.Testing.Contracts.Templates;

namespace Messaging.Templates.Handlebars.Contracts;

public sealed class HandlebarsContractTests : TemplateEngineContract
{
    protected override TemplateSyntax Syntax { get; } = new HandlebarsSyntax();

    protected override ITemplateEngine CreateEngine(TimeProvider time) => new HandlebarsEngine(time, []);
}
