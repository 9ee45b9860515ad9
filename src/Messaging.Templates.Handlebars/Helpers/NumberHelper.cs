using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary><c>{{number Amount "0.00"}}</c>: a number with the culture's separators.</summary>
internal sealed class NumberHelper() : FormatHelper("number")
{
    protected override void Write(Utf8TextWriter writer, object value, string? format, bool encode)
    {
        if (!Numbers.TryRead(value, out var number))
        {
            throw Error(writer, "The value is not a number.");
        }

        writer.Format(number, format is null ? "#,##0.############" : Checked(writer, format), writer.Culture, encode);
    }
}
