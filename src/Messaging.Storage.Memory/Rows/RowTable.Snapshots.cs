using System.Numerics;

namespace Messaging.Storage.Memory;

internal sealed partial class RowTable<T>
{
    /// <summary>Which chunks a snapshot still reads: they are copied before anybody gets at a row of theirs.</summary>
    private bool[]? _frozen;

    /// <summary>Returns the rows as they stand now, for another thread to write; costs next to nothing. One at a time, until <see cref="Thaw"/>.</summary>
    public FrozenRows<T> Freeze()
    {
        _frozen = [.. _chunks.Select(chunk => chunk is not null)];
        return new FrozenRows<T>([.. _chunks], _next, [.. _free.Reverse()]);
    }

    /// <summary>Says that nothing needs the frozen rows any more.</summary>
    public void Thaw() => _frozen = null;

    /// <summary>Reads what <see cref="FrozenRows{T}.Write"/> wrote; the table is empty before.</summary>
    public void Load(BinaryReader reader)
    {
        _next = reader.ReadInt32();
        var free = new int[reader.ReadInt32()];
        reader.ReadInto<int>(free);
        foreach (var row in free)
        {
            _free.Push(row);
        }

        _chunks = new T[(int)BitOperations.RoundUpToPowerOf2((uint)((_next - 1) >> Bits) + 1)][];
        for (var (left, chunk) = (_next, 0); left > 0; left -= PerChunk, chunk++)
        {
            var size = chunk > 0 ? PerChunk : (int)Math.Min(PerChunk, BitOperations.RoundUpToPowerOf2((uint)Math.Max(First, _next)));
            _chunks[chunk] = new T[size];
            reader.ReadInto(_chunks[chunk].AsSpan(0, Math.Min(left, PerChunk)));
        }
    }

    private void Keep(int chunk)
    {
        if (_frozen is not null && chunk < _frozen.Length && _frozen[chunk])
        {
            _chunks[chunk] = (T[])_chunks[chunk].Clone();
            _frozen[chunk] = false;
        }
    }
}
