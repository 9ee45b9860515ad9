using System.Globalization;

namespace Messaging.Storage.Memory;

/// <summary>The last row of a page: where it was, and its number, by which the place is found when the row is gone.</summary>
internal readonly record struct HistoryCursor(int Row, long Number)
{
    public static string Write(int row, long number) => string.Create(CultureInfo.InvariantCulture, $"{row:x}-{number:x}");

    public static HistoryCursor Read(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var row) && row > 0
            && long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new HistoryCursor(row, number)
            : throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(text));
    }
}
