using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Everything that is paused of one tenant, so that a gate needs one read.</summary>
internal sealed record PauseList : IEntity<PauseList>
{
    public const string OnlyKey = "pauses";

    public const string ByTenant = "tenant";

    public static EntitySchema<PauseList> Schema { get; } =
        new EntitySchema<PauseList>("pauses", GateJson.Default.PauseList).Unique(ByTenant, list => list.Tenant.Value);

    public required TenantId Tenant { get; init; }

    [JsonIgnore]
    public string Key => OnlyKey;

    public required IReadOnlyList<PauseItem> Items { get; init; }

    public PauseItem? Find(string? account, string? template) => Items.FirstOrDefault(item => item.Account == account && item.Template == template);
}
