namespace Messaging.Storage.Memory;

/// <summary>A stretch of memory that is written once, from its beginning to its end; a full one may have moved to a file.</summary>
internal sealed class Slab(byte[]? bytes, int capacity, bool isSealed)
{
    /// <summary>The length before each record.</summary>
    public const int LengthSize = sizeof(int);

    private const int SealSize = sizeof(uint);

    public Slab(int size, bool isSealed)
        : this(GC.AllocateUninitializedArray<byte>(size), size, isSealed)
    {
    }

    /// <summary>Gets or sets the bytes; <see langword="null"/> once they are in a file only.</summary>
    public byte[]? Bytes { get; set; } = bytes;

    public int Capacity { get; } = capacity;

    /// <summary>Gets a value indicating whether each record has a checksum behind its length. Slabs of the first format have none.</summary>
    public bool IsSealed { get; } = isSealed;

    /// <summary>Gets how many bytes stand before each record.</summary>
    public int Header { get; } = isSealed ? LengthSize + SealSize : LengthSize;

    /// <summary>Gets or sets the file; 0 while the bytes are in memory.</summary>
    public long File { get; set; }

    public int Used { get; set; }

    /// <summary>Gets the records that nobody needs any more, but somebody may still look at: they get into no file. <see langword="null"/> while there is none.</summary>
    public List<Range>? Freed { get; private set; }

    /// <summary>Notes a record that gets into no file from now on.</summary>
    public void Hide(int offset, int length) => (Freed ??= []).Add(offset..(offset + length));

    /// <summary>Returns what a file may hold of the bytes.</summary>
    public static ReadOnlySpan<byte> Visible(byte[] bytes, int used, IReadOnlyList<Range>? freed)
    {
        if (freed is null)
        {
            return bytes.AsSpan(0, used);
        }

        var visible = bytes.AsSpan(0, used).ToArray();
        foreach (var range in freed)
        {
            visible.AsSpan(range).Clear();
        }

        return visible;
    }

    /// <summary>Gets or sets how many of the used bytes somebody still needs.</summary>
    public int Live { get; set; }
}
