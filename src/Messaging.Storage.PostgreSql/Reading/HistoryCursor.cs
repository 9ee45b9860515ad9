using System.Globalization;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>The place of the last row of a page.</summary>
internal static class HistoryCursor
{
    private const string Prefix = "p";

    public static string Write(long place) => Prefix + place.ToString("x", CultureInfo.InvariantCulture);

    public static long Read(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(text.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var place) && place > 0
            ? place
            : throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(text));
}
