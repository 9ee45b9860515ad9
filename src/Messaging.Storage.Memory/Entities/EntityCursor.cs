using System.Buffers.Text;
using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Writes the place where a page ended as opaque text.</summary>
internal static class EntityCursor
{
    public static string Write(EntityKey last) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{last.Value.Length}:{last.Tenant.Length}:{last.Value}{last.Tenant}{last.Key}"));

    public static EntityKey Read(string cursor)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(':', 3);
            var (value, tenant) = (int.Parse(parts[0], null), int.Parse(parts[1], null));
            return new(parts[2][..value], parts[2][value..(value + tenant)], parts[2][(value + tenant)..]);
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(cursor), e);
        }
    }
}
