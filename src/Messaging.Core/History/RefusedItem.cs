using System.Globalization;
using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.History;

/// <summary>An item of a bulk send that was refused, kept beside the bulk. The same item refused again when the stream is played again takes its own place.</summary>
internal sealed record RefusedItem : IEntity<RefusedItem>
{
    public const string ByBulk = "bulk";

    public static EntitySchema<RefusedItem> Schema { get; } =
        new EntitySchema<RefusedItem>("refused_items", HistoryJson.Default.RefusedItem).Many(ByBulk, item => [ValueOf(item.Bulk)]);

    public required TenantId Tenant { get; init; }

    /// <summary>Gets the bulk and the place in its stream: keys sort as the stream ran.</summary>
    [JsonIgnore]
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Bulk.Value:n}:{Refusal.Position:d19}");

    public required MessageId Bulk { get; init; }

    public required BulkRefusal Refusal { get; init; }

    public static string ValueOf(MessageId bulk) => bulk.Value.ToString("n", CultureInfo.InvariantCulture);
}
