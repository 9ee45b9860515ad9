using System.Runtime.CompilerServices;

namespace Messaging.Storage.Memory;

/// <summary>Work by the moment at which something is to happen to it, earliest first: a heap of four, from which any row can be taken out. Not thread safe.</summary>
/// <remarks>Ties go by <see cref="WorkRow.Sequence"/>. A row knows its place by <see cref="WorkRow.Next"/>.</remarks>
internal sealed class WorkHeap(RowTable<WorkRow> rows)
{
    private const int Arity = 4;

    private Entry[] _entries = new Entry[16];

    public int Count { get; private set; }

    /// <summary>Gets how many bytes the entries take.</summary>
    public long Size => (long)Count * Unsafe.SizeOf<Entry>();

    public int FirstRow => _entries[0].Row;

    /// <summary>Gets the earliest moment; <see cref="long.MaxValue"/> when there is none.</summary>
    public long FirstAt => Count == 0 ? long.MaxValue : _entries[0].At;

    public long AtOf(int row) => _entries[rows[row].Next].At;

    /// <summary>Lists what is due by a moment, in no order.</summary>
    public void ListDue(long now, List<int> due, int place = 0)
    {
        if (place >= Count || _entries[place].At > now)
        {
            return;
        }

        due.Add(_entries[place].Row);
        for (var child = (place * Arity) + 1; child <= (place * Arity) + Arity; child++)
        {
            ListDue(now, due, child);
        }
    }

    public void Add(int row, long at)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        Rise(Count++, new Entry(at, rows[row].Sequence, row));
    }

    public void Remove(int row)
    {
        var place = rows[row].Next;
        var last = _entries[--Count];
        if (place == Count)
        {
            return;
        }

        if (place > 0 && last.IsBefore(_entries[(place - 1) / Arity]))
        {
            Rise(place, last);
        }
        else
        {
            Sink(place, last);
        }
    }

    public Action<BinaryWriter> Freeze()
    {
        var entries = _entries.AsSpan(0, Count).ToArray();
        return writer => writer.WriteRaw<Entry>(entries);
    }

    public void Load(BinaryReader reader)
    {
        var entries = reader.ReadRaw<Entry>();
        Count = entries.Length;
        _entries = entries.Length == 0 ? _entries : entries;
    }

    private void Rise(int place, Entry entry)
    {
        while (place > 0 && (place - 1) / Arity is var parent && entry.IsBefore(_entries[parent]))
        {
            Put(place, _entries[parent]);
            place = parent;
        }

        Put(place, entry);
    }

    private void Sink(int place, Entry entry)
    {
        while (FirstChild(place) is var child and >= 0 && _entries[child].IsBefore(entry))
        {
            Put(place, _entries[child]);
            place = child;
        }

        Put(place, entry);
    }

    private int FirstChild(int place)
    {
        var child = (place * Arity) + 1;
        if (child >= Count)
        {
            return -1;
        }

        for (var other = child + 1; other < Math.Min((place * Arity) + 1 + Arity, Count); other++)
        {
            child = _entries[other].IsBefore(_entries[child]) ? other : child;
        }

        return child;
    }

    private void Put(int place, in Entry entry)
    {
        _entries[place] = entry;
        rows[entry.Row].Next = place;
    }

    private readonly record struct Entry(long At, long Sequence, int Row)
    {
        public bool IsBefore(in Entry other) => At < other.At || (At == other.At && Sequence < other.Sequence);
    }
}
