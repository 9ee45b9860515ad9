using System.Globalization;
using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Receiving;

/// <summary>A report that found no delivery, as stores keep it.</summary>
internal sealed record QuarantineEntry : IEntity<QuarantineEntry>
{
    public const string ByTime = "received";

    public static EntitySchema<QuarantineEntry> Schema { get; } = new EntitySchema<QuarantineEntry>("quarantined_report", ReceivingJson.Default.QuarantineEntry)
        .Sorted(ByTime, entry => entry.ReceivedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    public required Guid Id { get; init; }

    public required ProviderEvent Event { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    [JsonIgnore]
    public TenantId Tenant => OwnerOf(Event);

    [JsonIgnore]
    public string Key => KeyOf(Id);

    public static TenantId OwnerOf(ProviderEvent report) => report.Tenant ?? EntitySchema.SharedTenant;

    public static string KeyOf(Guid id) => id.ToString("N");
}
