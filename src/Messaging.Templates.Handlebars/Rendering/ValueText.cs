using HandlebarsDotNet;

namespace Messaging.Templates.Handlebars.Rendering;

/// <summary>Writes values of the closed set as the recipient reads them.</summary>
internal static class ValueText
{
    public static void Write(Utf8TextWriter writer, object? value, bool encode)
    {
        switch (value)
        {
            case string text when encode:
                writer.WriteHtml(text);
                break;
            case string text:
                writer.Write(text);
                break;
            case long number:
                writer.Format(number, default, writer.Numbers, encode);
                break;
            case decimal number:
                writer.Format(number, default, writer.Numbers, encode);
                break;
            case null:
                break;
            default:
                WriteRare(writer, value, encode);
                break;
        }
    }

    private static void WriteRare(Utf8TextWriter writer, object value, bool encode)
    {
        switch (value)
        {
            case int number:
                writer.Format(number, default, writer.Numbers, encode);
                break;
            case double number:
                writer.Format(number, default, writer.Numbers, encode);
                break;
            case bool truth:
                writer.Write(truth ? "true" : "false");
                break;
            case DateTimeOffset instant:
                writer.Format(TimeZoneInfo.ConvertTime(instant, writer.Zone), "g", writer.Culture, encode);
                break;
            case DateTime local:
                writer.Format(local, "g", writer.Culture, encode);
                break;
            case DateOnly date:
                writer.Format(date, "d", writer.Culture, encode);
                break;
            case TimeOnly time:
                writer.Format(time, "t", writer.Culture, encode);
                break;
            case TimeSpan span:
                writer.Format(span, "g", writer.Culture, encode);
                break;
            case UndefinedBindingResult missing:
                Missing(writer, missing.Value);
                break;
            default:
                NotPrintable(writer);
                break;
        }
    }

    /// <summary>Is called for a variable that the data does not have.</summary>
    public static void Missing(Utf8TextWriter writer, string variable)
    {
        if (writer.Limits.Strict)
        {
            throw writer.Limits.Missing(variable);
        }
    }

    private static void NotPrintable(Utf8TextWriter writer)
    {
        if (writer.Limits.Strict)
        {
            throw writer.Limits.Error("A list or an object is printed as if it were a value. Print its items with {{#each …}}, or one of its members.");
        }
    }
}
