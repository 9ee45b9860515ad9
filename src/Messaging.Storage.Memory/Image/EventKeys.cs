using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>The keys of the reports that came, by a hash so wide that equal means the same. Not thread safe.</summary>
internal sealed class EventKeys
{
    private readonly RowTable<EventKeyRow> _rows = new();
    private readonly RowIndex _index = new();

    public int Count => _rows.Count;

    public bool Contains(string key) => Find(HashOf(key)) != 0;

    /// <summary>Adds a key, at the head of those of its delivery.</summary>
    /// <returns>Its row; 0 when it was there already.</returns>
    public int Add(string key, int former)
    {
        var hash = HashOf(key);
        if (Find(hash) != 0)
        {
            return 0;
        }

        var row = _rows.Add();
        (_rows[row].Hash, _rows[row].Former) = (hash, former);
        _index.Add((uint)hash, row);
        return row;
    }

    /// <summary>Forgets a key and those before it.</summary>
    public void Remove(int row)
    {
        while (row != 0)
        {
            var former = _rows[row].Former;
            _index.Remove((uint)_rows[row].Hash, row);
            _rows.Remove(row);
            row = former;
        }
    }

    private static UInt128 HashOf(string key)
    {
        Span<byte> buffer = stackalloc byte[256];
        var utf8 = Encoding.UTF8.TryGetBytes(key, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(key);
        return SeededHash.Wide(utf8);
    }

    private int Find(UInt128 hash) => _index.Find((uint)hash, new Key(_rows, hash));

    private readonly struct Key(RowTable<EventKeyRow> rows, UInt128 hash) : IRowKey
    {
        public bool Is(int row) => rows[row].Hash == hash;
    }
}
