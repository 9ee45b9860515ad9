namespace Messaging.Storage.Memory;

/// <summary>A stretch of memory that is written once, from its beginning to its end; a full one may have moved to a file.</summary>
internal sealed class Slab(byte[]? bytes, int capacity)
{
    public Slab(int size)
        : this(GC.AllocateUninitializedArray<byte>(size), size)
    {
    }

    /// <summary>Gets or sets the bytes; <see langword="null"/> once they are in a file only.</summary>
    public byte[]? Bytes { get; set; } = bytes;

    public int Capacity { get; } = capacity;

    /// <summary>Gets or sets the file; 0 while the bytes are in memory.</summary>
    public long File { get; set; }

    public int Used { get; set; }

    /// <summary>Gets or sets how many of the used bytes somebody still needs.</summary>
    public int Live { get; set; }
}
