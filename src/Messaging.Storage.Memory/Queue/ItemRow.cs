namespace Messaging.Storage.Memory;

/// <summary>A piece of work other than a delivery.</summary>
internal struct ItemRow
{
    public Guid Id;
    public long Payload;

    /// <summary>The due time that it came with.</summary>
    public long DueAt;
    public int Work;
    public byte Kind;
}
