namespace Messaging.Storage.EfCore.Schema;

/// <summary>A caller's key, until its window ends.</summary>
internal sealed class IdempotencyRow
{
    public string Tenant { get; set; } = null!;

    public string Key { get; set; } = null!;

    public Guid Fingerprint { get; set; }

    public Guid MessageId { get; set; }

    public long KeepUntil { get; set; }
}
