using HandlebarsDotNet;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>A helper of the host's.</summary>
internal sealed class HostHelper(string name, TemplateHelper helper) : BuiltInHelper(name)
{
    protected override object? Evaluate(Utf8TextWriter writer, in Arguments arguments)
    {
        var values = new object?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = FunctionHelper.Known(arguments, i);
        }

        return TemplateValues.Normalize(Name.Path, helper(values, new RenderContext(writer.Culture, writer.Zone)));
    }
}
