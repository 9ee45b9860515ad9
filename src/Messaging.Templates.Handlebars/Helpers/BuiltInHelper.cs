using HandlebarsDotNet;
using HandlebarsDotNet.Helpers;
using HandlebarsDotNet.PathStructure;
using Messaging.Templates.Handlebars.Binding;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>A helper that a template calls by name. Without arguments it gives way to a variable of its name.</summary>
internal abstract class BuiltInHelper(string name) : IHelperDescriptor<HelperOptions>
{
    public PathInfo Name { get; } = name;

    public object? Invoke(in HelperOptions options, in Context context, in Arguments arguments) =>
        IsVariable(options, context, arguments, out var value) ? value : Evaluate(Utf8TextWriter.Current, arguments);

    public void Invoke(in EncodedTextWriter output, in HelperOptions options, in Context context, in Arguments arguments)
    {
        var writer = Utf8TextWriter.Current;
        if (IsVariable(options, context, arguments, out var value))
        {
            ValueText.Write(writer, value, !output.SuppressEncoding);
        }
        else
        {
            Write(writer, arguments, !output.SuppressEncoding);
        }
    }

    protected abstract object? Evaluate(Utf8TextWriter writer, in Arguments arguments);

    protected virtual void Write(Utf8TextWriter writer, in Arguments arguments, bool encode) => ValueText.Write(writer, Evaluate(writer, arguments), encode);

    /// <summary>Returns an argument; a missing variable is an error or nothing.</summary>
    protected static object? Argument(Utf8TextWriter writer, in Arguments arguments, int i)
    {
        if (arguments[i] is not UndefinedBindingResult missing)
        {
            return arguments[i];
        }

        ValueText.Missing(writer, missing.Value);
        return null;
    }

    /// <summary>Handlebars ignores the case of helpers' names, and data may have one's name.</summary>
    private bool IsVariable(in HelperOptions options, in Context context, in Arguments arguments, out object? value)
    {
        value = null;
        if (arguments.Length > 0)
        {
            return false;
        }

        var name = options.Name.Path;
        if (Members.TryGet(context.Value, name, out value))
        {
            return true;
        }

        value = UndefinedBindingResult.Create(name);
        return name != Name.Path;
    }

    protected TemplateException Error(Utf8TextWriter writer, string problem) => writer.Limits.Error($"{{{{{Name.Path}}}}}: {problem}");
}
