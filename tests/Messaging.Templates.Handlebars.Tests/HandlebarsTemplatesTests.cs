using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Templates.Handlebars;

public sealed class HandlebarsTemplatesTests
{
    [Fact]
    public void UseHandlebars_Alone_RegistersTheEngine() => Assert.Equal("Hi", Render(_ => { }, "Hi"));

    [Fact]
    public void FromDirectory_Twice_KeepsBothInOrder()
    {
        using var services = Services(t => t.FromDirectory("first").FromDirectory("second", reload: true));

        Assert.Equal([new TemplateDirectory("first"), new TemplateDirectory("second", true)], services.GetServices<TemplateDirectory>());
    }

    [Fact]
    public void Configure_OfLimitsAndStrictness_ReachesTheOptions()
    {
        using var services = Services(t => t.Lenient().Configure(o => o.MaxOutputBytes = 5_000));

        var options = services.GetRequiredService<IOptions<TemplateOptions>>().Value;
        Assert.Equal((false, 5_000), (options.Strict, options.MaxOutputBytes));
    }

    [Fact]
    public void AddHelper_OfTheHost_IsCalledAndEscaped() =>
        Assert.Equal("&lt;7 pl-PL&gt;", Render(t => t.AddHelper("seats", (arguments, context) => $"<{arguments[0]} {context.Culture.Name}>"), "{{seats 7}}"));

    [Fact]
    public void AddHelper_InACondition_GivesItsValue() =>
        Assert.Equal("yes", Render(t => t.AddHelper("free", (_, _) => true), "{{#if (free 7)}}yes{{/if}}"));

    [Fact]
    public void AddHelper_NameOfABuiltInOne_ReplacesIt() => Assert.Equal("mine", Render(t => t.AddHelper("date", (_, _) => "mine"), "{{date 5}}"));

    [Fact]
    public void AddHelper_Throws_IsATemplateErrorWithoutItsText()
    {
        var exception = Assert.Throws<TemplateException>(() =>
            Render(t => t.AddHelper("fail", (_, _) => throw new InvalidOperationException("secret")), "{{fail 5}}"));

        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AddHelper_RendersAnotherTemplate_BothAreWhole()
    {
        var inner = Hbs.Compile(Hbs.Source("[{{Name}}]"));

        var text = Render(t => t.AddHelper("nested", (arguments, _) => Hbs.Render(inner, Hbs.Data(("Name", arguments[0])))), "a {{nested 'x'}} b {{nested 'y'}}");

        Assert.Equal("a [x] b [y]", text);
    }

    [Theory]
    [InlineData("if")]
    [InlineData("true")]
    [InlineData("a b")]
    [InlineData("__scope")]
    [InlineData("1st")]
    public void AddHelper_NameThatNoTemplateCanCall_Throws(string name) =>
        Assert.Throws<ArgumentException>(() => Services(t => t.AddHelper(name, (_, _) => null)));

    private static ServiceProvider Services(Action<HandlebarsTemplates> configure)
    {
        var services = new ServiceCollection();
        new MessagingBuilder(services).UseHandlebars(configure);
        return services.BuildServiceProvider();
    }

    private static string Render(Action<HandlebarsTemplates> configure, string text)
    {
        using var services = Services(configure);
        var utf8 = new ArrayBufferWriter<byte>();
        services.GetRequiredService<ITemplateEngine>().Compile(Hbs.Source(text, TemplatePart.Html)).Render(TemplateData.Empty, Hbs.Polish, utf8);
        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }
}
