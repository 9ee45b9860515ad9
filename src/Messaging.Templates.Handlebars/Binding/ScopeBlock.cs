using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using Messaging.Templates.Handlebars.Parsing;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Renders a partial over its own data, with its arguments in front.</summary>
internal sealed class ScopeBlock : IHelperDescriptor<BlockHelperOptions>
{
    public PathInfo Name { get; } = TemplateWords.Scope;

    public object? Invoke(in BlockHelperOptions options, in Context context, in Arguments arguments) => null;

    public void Invoke(in EncodedTextWriter output, in BlockHelperOptions options, in Context context, in Arguments arguments)
    {
        var names = arguments.Hash;
        var value = names.Count == 0 ? arguments[0] : new ScopedData(arguments[0], names);
        using var frame = options.CreateFrame(value);
        options.Template(output, frame);
    }
}
