namespace Messaging.Storage.Memory;

/// <summary>A stretch of memory that is written once, from its beginning to its end.</summary>
internal sealed class Slab(int size)
{
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(size);

    public int Used { get; set; }

    /// <summary>Gets or sets how many of the used bytes somebody still needs.</summary>
    public int Live { get; set; }
}
