using HandlebarsDotNet;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>A helper that computes a value. It may look at variables that are missing: they count as nothing.</summary>
internal sealed class FunctionHelper(string name, int least, int most, FunctionHelper.Function function) : BuiltInHelper(name)
{
    public delegate object? Function(in Arguments arguments);

    public static object? Known(in Arguments arguments, int i) => arguments[i] is UndefinedBindingResult ? null : arguments[i];

    protected override object? Evaluate(Utf8TextWriter writer, in Arguments arguments) =>
        arguments.Length >= least && arguments.Length <= most
            ? function(arguments)
            : throw Error(writer, least == most ? $"Give {least} arguments." : $"Give at least {least} arguments and at most {most}.");
}
