using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Knows which reports came, by a hash of their keys so wide that equal means the same; the hash stands in the timeline. Not thread safe.</summary>
internal sealed class EventKeys(KeyHash hash, StoryBook stories, RowTable<DeliveryRow> rows)
{
    private readonly RowIndex _index = new();

    public int Count => _index.Count;

    public UInt128 HashOf(string key)
    {
        Span<byte> buffer = stackalloc byte[256];
        var utf8 = Encoding.UTF8.TryGetBytes(key, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(key);
        return hash.Of(utf8);
    }

    public bool Contains(UInt128 key) => _index.Find((uint)key, new Key(this, key)) != 0;

    /// <summary>Adds the key of a report that the delivery's timeline holds.</summary>
    public void Add(UInt128 key, int row) => _index.Add((uint)key, row);

    /// <summary>Adds the keys of a delivery's reports, as its timeline holds them.</summary>
    public void AddAll(int row)
    {
        foreach (var record in stories.Walk(rows[row]))
        {
            if (record.Has(StoryFields.EventKey))
            {
                Add(record.EventKey, row);
            }
        }
    }

    /// <summary>Forgets the keys of a delivery's reports.</summary>
    public void Remove(int row)
    {
        foreach (var record in stories.Walk(rows[row]))
        {
            if (record.Has(StoryFields.EventKey))
            {
                _index.Remove((uint)record.EventKey, row);
            }
        }
    }

    private bool HasReport(int row, UInt128 key)
    {
        foreach (var record in stories.Walk(rows[row]))
        {
            if (record.Has(StoryFields.EventKey) && record.EventKey == key)
            {
                return true;
            }
        }

        return false;
    }

    private readonly struct Key(EventKeys keys, UInt128 hash) : IRowKey
    {
        public bool Is(int row) => keys.HasReport(row, hash);
    }
}
