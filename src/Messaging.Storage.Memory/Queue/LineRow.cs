namespace Messaging.Storage.Memory;

/// <summary>What one tenant has ready in one lane and kind: the oldest due stands first.</summary>
internal struct LineRow
{
    public int Tenant;
    public int Queue;
    public int First;
    public int Last;

    /// <summary>The neighbours in the ring of tenants that take turns.</summary>
    public int Next;
    public int Previous;
}
