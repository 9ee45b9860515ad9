using System.Globalization;
using HandlebarsDotNet;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>A helper that writes one value in a format.</summary>
internal abstract class FormatHelper(string name) : BuiltInHelper(name)
{
    /// <summary>Formats come from templates and data; a longer one serves nobody.</summary>
    private const int MaxFormat = 64;

    /// <summary>More digits than any value of the closed set has.</summary>
    private const int MaxPrecision = 28;

    protected sealed override object? Evaluate(Utf8TextWriter writer, in Arguments arguments) =>
        writer.Capture((Helper: this, Arguments: arguments), static (w, call) => call.Helper.Write(w, call.Arguments, encode: false));

    protected sealed override void Write(Utf8TextWriter writer, in Arguments arguments, bool encode)
    {
        if (arguments.Length is not (1 or 2))
        {
            throw Error(writer, "Give a value and, at will, one more argument.");
        }

        var value = Argument(writer, arguments, 0);
        var format = arguments.Length == 2 ? Argument(writer, arguments, 1) as string : null;
        if (value is null)
        {
            return;
        }

        try
        {
            Write(writer, value, format, encode);
        }
        catch (FormatException)
        {
            throw Error(writer, "The format does not fit the value.");
        }
    }

    protected abstract void Write(Utf8TextWriter writer, object value, string? format, bool encode);

    /// <summary>Returns the format, when it is one that cannot make the output grow: "N999999999" is a gigabyte.</summary>
    protected string Checked(Utf8TextWriter writer, string format) =>
        format.Length is 0 or > MaxFormat || (format.Length > 1 && char.IsAsciiLetter(format[0])
            && int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var digits) && digits > MaxPrecision)
            ? throw Error(writer, $"A format has 1 to {MaxFormat} characters and at most {MaxPrecision} digits.")
            : format;
}
