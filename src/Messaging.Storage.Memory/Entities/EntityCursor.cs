using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>The place where a page ended, as opaque text: the value by which it is ordered, the owner and the key.</summary>
internal sealed record EntityCursor(string Value, string Tenant, string Key)
{
    public static string Write(string value, string tenant, string key) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{value.Length}:{tenant.Length}:{value}{tenant}{key}")));

    public static EntityCursor Read(string cursor)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':', 3);
            var (value, tenant) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
            return new(parts[2][..value], parts[2][value..(value + tenant)], parts[2][(value + tenant)..]);
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(cursor), e);
        }
    }
}
