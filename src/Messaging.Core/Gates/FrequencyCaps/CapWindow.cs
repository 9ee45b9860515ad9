using System.Globalization;
using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>What one recipient got of one category lately, oldest first.</summary>
internal sealed record CapWindow : IEntity<CapWindow>
{
    public const string ByKey = "recipient";

    public const string ByEnd = "ends";

    public static EntitySchema<CapWindow> Schema { get; } = new EntitySchema<CapWindow>("frequency_caps", GateJson.Default.CapWindow)
        .Unique(ByKey, window => window.Key)
        .Sorted(ByEnd, window => window.Ends.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));

    public required TenantId Tenant { get; init; }

    /// <summary>Gets the category and a hash of the recipient: nobody's address is kept for being counted.</summary>
    public required string Key { get; init; }

    public IReadOnlyList<CapEntry> Entries { get; init; } = [];

    /// <summary>Gets when nothing of it counts any more.</summary>
    public DateTimeOffset Ends { get; init; }
}
