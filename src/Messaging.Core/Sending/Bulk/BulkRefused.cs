using System.Globalization;
using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>An item of a bulk that was refused, as stores keep it. Playing the stream again writes the same ones.</summary>
internal sealed record BulkRefused(TenantId Tenant, Guid Bulk, long Position, string? Reference, IReadOnlyList<RequestProblem> Problems) : IEntity<BulkRefused>
{
    public const string BulkIndex = "bulk";

    public static EntitySchema<BulkRefused> Schema { get; } =
        new EntitySchema<BulkRefused>("bulk_refused", SendingJson.Default.BulkRefused).Many(BulkIndex, e => [IndexValue(e.Bulk)]);

    /// <summary>Gets the bulk and the position, so that keys sort as the stream went.</summary>
    [JsonIgnore]
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Bulk:N}:{Position:D19}");

    public static string IndexValue(Guid bulk) => bulk.ToString("N");
}
