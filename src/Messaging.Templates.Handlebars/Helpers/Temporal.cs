using System.Globalization;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>Reads dates and times, also from text: data that came as JSON has no other.</summary>
internal static class Temporal
{
    public static object Read(object value) => value is string text ? Parse(text) ?? value : value;

    private static object? Parse(string text)
    {
        const DateTimeStyles Styles = DateTimeStyles.RoundtripKind;
        var culture = CultureInfo.InvariantCulture;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        if (TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], culture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        if (!text.Contains('T', StringComparison.Ordinal) || !DateTime.TryParse(text, culture, Styles, out var moment))
        {
            return null;
        }

        // Without a zone in the text, it is a local time and stays one.
        return moment.Kind == DateTimeKind.Unspecified ? (object)moment : DateTimeOffset.Parse(text, culture, Styles);
    }
}
