namespace Messaging.Storage.Memory;

/// <summary>Where pages of rows go that memory has no room for. The store's lock guards it.</summary>
internal interface IRowPages
{
    /// <summary>Writes a page.</summary>
    /// <returns>The number that it is read by; 0 when there is no room, and the page stays in memory.</returns>
    long Write(ReadOnlySpan<byte> page);

    /// <summary>Reads a page.</summary>
    void Read(long place, Span<byte> page);

    /// <summary>Returns whether a page stands there just so, and need not be written again.</summary>
    bool Holds(long place, ReadOnlySpan<byte> page);

    /// <summary>Says that a page of before is still needed.</summary>
    void Keep(long place);

    /// <summary>Says that nobody needs a page any more.</summary>
    void Free(long place);
}
