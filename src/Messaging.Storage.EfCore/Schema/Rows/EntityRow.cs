namespace Messaging.Storage.EfCore.Schema;

/// <summary>An entity as JSON.</summary>
internal sealed class EntityRow
{
    public string Schema { get; set; } = null!;

    public string Tenant { get; set; } = null!;

    public string Key { get; set; } = null!;

    public long Version { get; set; }

    public byte[] Json { get; set; } = null!;
}
