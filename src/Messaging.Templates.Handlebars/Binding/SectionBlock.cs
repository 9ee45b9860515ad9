using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.Helpers.BlockHelpers;
using HandlebarsDotNet.PathStructure;
using Messaging.Templates.Handlebars.Parsing;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Renders a section: for each item of a list, over an object, once for what is true, else what stands after <c>else</c>.</summary>
internal sealed class SectionBlock : IHelperDescriptor<BlockHelperOptions>
{
    public PathInfo Name { get; } = TemplateWords.Section;

    public object? Invoke(in BlockHelperOptions options, in Context context, in Arguments arguments) => null;

    public void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        switch (arguments[0])
        {
            case var empty when HandlebarsUtils.IsFalsyOrEmpty(empty):
                options.Inverse(output, options.Frame);
                break;
            case TemplateList list:
                Repeat(output, options, list);
                break;
            case bool:
                options.Template(output, options.Frame);
                break;
            case var value:
                using (var frame = options.CreateFrame(value))
                {
                    options.Template(output, frame);
                }

                break;
        }
    }

    private static void Repeat(in EncodedTextWriter output, in BlockHelperOptions options, TemplateList list)
    {
        using var frame = options.CreateFrame();
        for (var i = 0; i < list.Count; i++)
        {
            Utf8TextWriter.Current.Step();
            frame.Value = list[i];
            options.Template(output, frame);
        }
    }
}
