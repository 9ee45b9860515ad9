using System.Numerics;

namespace Messaging.Storage.Memory;

internal sealed partial class RowTable<T>
{
    /// <summary>Which chunks a snapshot still reads: they are copied before anybody gets at a row of theirs.</summary>
    private bool[]? _frozen;

    /// <summary>Returns the rows as they stand now, for another thread to write; costs next to nothing. One at a time, until <see cref="Thaw"/>.</summary>
    public FrozenRows<T> Freeze()
    {
        (_frozen, _isWatched) = ([.. _chunks.Select(chunk => chunk is not null)], true);
        return new FrozenRows<T>([.. _chunks], _pages is null ? null : [.. _places], _bits, _next, [.. _free.Reverse()]);
    }

    /// <summary>Says that nothing needs the frozen rows any more.</summary>
    public void Thaw() => (_frozen, _isWatched) = (null, _pages is not null);

    /// <summary>Reads what <see cref="FrozenRows{T}.Write"/> wrote; the table is empty before.</summary>
    public void Load(BinaryReader reader)
    {
        var end = reader.ReadInt32();
        var isPaged = end < 0;
        _next = Math.Abs(end);
        var free = new int[reader.ReadInt32()];
        reader.ReadInto<int>(free);
        foreach (var row in free)
        {
            _free.Push(row);
        }

        _chunks = new T[(int)BitOperations.RoundUpToPowerOf2((uint)((_next - 1) >> _bits) + 1)][];
        _loaded = 0;
        FitPages();
        for (var (left, chunk) = (_next, 0); left > 0; left -= _perChunk, chunk++)
        {
            Load(reader, chunk, left, isPaged ? reader.ReadInt64() : 0);
            Trim();
        }
    }

    private void Load(BinaryReader reader, int chunk, int left, long place)
    {
        if (place != 0)
        {
            _pages!.Keep(place);
            _places[chunk] = place;
            return;
        }

        var size = chunk > 0 ? _perChunk : (int)Math.Min(_perChunk, BitOperations.RoundUpToPowerOf2((uint)Math.Max(FirstOf(_bits), _next)));
        var rows = new T[size];
        reader.ReadInto(rows.AsSpan(0, Math.Min(left, _perChunk)));
        _chunks[chunk] = rows;
        _loaded++;
    }

    private void Keep(int chunk)
    {
        if (_frozen is not null && chunk < _frozen.Length && _frozen[chunk])
        {
            _chunks[chunk] = (T[])_chunks[chunk]!.Clone();
            _frozen[chunk] = false;
        }
    }
}
