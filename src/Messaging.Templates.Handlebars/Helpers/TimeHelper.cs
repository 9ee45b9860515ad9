using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary><c>{{time When}}</c>: an instant's time of day in the recipient's zone, or a time of day as it is.</summary>
internal sealed class TimeHelper() : FormatHelper("time")
{
    protected override void Write(Utf8TextWriter writer, object value, string? format, bool encode)
    {
        var pattern = format switch
        {
            null or "short" => "t",
            "long" => "T",
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
            case TimeOnly time:
                writer.Format(time, pattern, writer.Culture, encode);
                break;
            default:
                throw Error(writer, "The value has no time of day. Give one, or text such as 13:30 or 2026-03-14T13:30:00Z.");
        }
    }
}
