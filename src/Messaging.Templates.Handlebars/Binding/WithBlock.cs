using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.ValueProviders;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Renders its body over another value.</summary>
internal sealed class WithBlock : IHelperDescriptor<BlockHelperOptions>
{
    public PathInfo Name { get; } = "with";

    public object? Invoke(in BlockHelperOptions options, in Context context, in Arguments arguments) => null;

    public void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        if (HandlebarsUtils.IsFalsyOrEmpty(arguments[0]))
        {
            options.Inverse(output, options.Frame);
            return;
        }

        using var frame = options.CreateFrame(arguments[0]);
        var parameters = new BlockParamsValues(frame, options.BlockVariables);
        parameters[0] = arguments[0];
        options.Template(output, frame);
    }
}
