namespace Messaging.Storage.Memory;

/// <summary>Where slabs go that memory has no room for. The store's lock guards it.</summary>
internal interface ISlabFiles
{
    /// <summary>Gets how many bytes of full slabs stay in memory.</summary>
    long KeptInMemory { get; }

    /// <summary>Returns the checksum of a record, by which it is known again when it is read.</summary>
    uint SealOf(ReadOnlySpan<byte> record);

    /// <summary>Says that a record reads differently than it was written.</summary>
    Exception Damaged(long file, int offset);

    /// <summary>Writes a slab.</summary>
    /// <returns>The number that it is read by; 0 when there is no room, and the slab stays in memory.</returns>
    long Write(ReadOnlySpan<byte> slab);

    /// <summary>Reads as many bytes as there are, from a place on.</summary>
    void Read(long file, int offset, Span<byte> bytes);

    /// <summary>Overwrites with zeros.</summary>
    void Erase(long file, int offset, int count);

    /// <summary>Says that a slab of before is still needed.</summary>
    void Keep(long file, int length);

    /// <summary>Says that nobody needs a slab any more.</summary>
    void Forget(long file, int length);
}
