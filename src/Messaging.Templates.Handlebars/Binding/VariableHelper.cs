using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Prints a variable by its plain name. Handlebars' own way resolves a path and boxes on, at three times the cost.</summary>
internal sealed class VariableHelper(string name) : IHelperDescriptor<HelperOptions>
{
    public PathInfo Name { get; } = name;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments) =>
        Members.TryGet(context.Value, options.Name.Path, out var value) ? value : UndefinedBindingResult.Create(options.Name.Path);

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments)
    {
        var writer = Utf8TextWriter.Current;
        if (Members.TryGet(context.Value, options.Name.Path, out var value))
        {
            ValueText.Write(writer, value, !output.SuppressEncoding);
        }
        else
        {
            ValueText.Missing(writer, options.Name.Path);
        }
    }
}
