using System.Globalization;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary><c>{{date When "long"}}</c>: an instant's day in the recipient's zone, or a day as it is.</summary>
internal sealed class DateHelper() : FormatHelper("date")
{
    protected override void Write(Utf8TextWriter writer, object value, string? format, bool encode)
    {
        var pattern = format switch
        {
            null or "short" => "d",
            "long" => "D",
            "full" => "f",
            "month" => "Y",
            "day" => "M",
            "weekday" => "dddd",
            _ => Checked(writer, format),
        };
        switch (Temporal.Read(value))
        {
            case DateTimeOffset instant:
                writer.Format(TimeZoneInfo.ConvertTime(instant, writer.Zone), pattern, writer.Culture, encode);
                break;
            case DateTime local:
                writer.Format(local, pattern, writer.Culture, encode);
                break;
            case DateOnly date:
                writer.Format(date, pattern, writer.Culture, encode);
                break;
            default:
                throw Error(writer, "The value is not a date. Give a date, or text such as 2026-03-14 or 2026-03-14T13:30:00Z.");
        }
    }
}
