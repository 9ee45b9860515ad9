namespace Messaging.Storage.Memory;

/// <summary>A caller's key, for as long as it is kept.</summary>
internal struct IdempotencyRow
{
    public UInt128 Hash;
    public UInt128 Fingerprint;
    public Guid Message;
    public long KeepUntil;
}
