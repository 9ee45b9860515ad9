using System.Text.Json;
using System.Text.Json.Serialization;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>The place where a page of entities ended: the value by which it is ordered, the owner and the key.</summary>
internal sealed record EntityCursor(string Value, string Tenant, string Key)
{
    public string Write() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, EntityCursorJson.Default.EntityCursor));

    public static EntityCursor Read(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(cursor), EntityCursorJson.Default.EntityCursor) ?? throw new FormatException();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(cursor), e);
        }
    }
}

[JsonSerializable(typeof(EntityCursor))]
internal sealed partial class EntityCursorJson : JsonSerializerContext;
