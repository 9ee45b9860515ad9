namespace Messaging.Storage.Memory.Rows;

/// <summary>Keeps the pages that a table moves out.</summary>
internal sealed class PagesInMemory : IRowPages
{
    private readonly Dictionary<long, byte[]> _pages = [];
    private long _last;

    public int Count => _pages.Count;

    public long Write(ReadOnlySpan<byte> page)
    {
        _pages.Add(++_last, page.ToArray());
        return _last;
    }

    public void Read(long place, Span<byte> page) => _pages[place].CopyTo(page);

    public bool Holds(long place, ReadOnlySpan<byte> page) => page.SequenceEqual(_pages[place]);

    public void Keep(long place)
    {
    }

    public void Free(long place) => _pages.Remove(place);
}
