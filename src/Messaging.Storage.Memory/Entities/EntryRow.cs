namespace Messaging.Storage.Memory;

/// <summary>A value by which an entity is found.</summary>
internal struct EntryRow
{
    public long Value;
    public int Entity;

    /// <summary>The next entry of the same entity.</summary>
    public int Next;
    public int Index;
}
