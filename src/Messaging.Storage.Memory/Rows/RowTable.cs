using System.Numerics;

namespace Messaging.Storage.Memory;

/// <summary>Rows in large arrays without references, found by number. Numbers begin at 1, so that 0 means "none"; those of removed rows are used again.</summary>
/// <remarks>A reference to a row is good until the next <see cref="Add"/> or <see cref="Trim"/>. Not thread safe.</remarks>
/// <param name="bits">How many rows make a chunk, as a power of two: few when chunks are pages that come and go.</param>
internal sealed partial class RowTable<T>(int bits = RowTable<T>.UsualBits)
    where T : unmanaged
{
    public const int UsualBits = 12;
    private const int First = 16;

    private readonly int _bits = bits;
    private readonly int _mask = (1 << bits) - 1;
    private readonly int _perChunk = 1 << bits;
    private readonly Stack<int> _free = [];
    private T[]?[] _chunks = [new T[FirstOf(bits)]];
    private int _next = 1;

    /// <summary>Whether somebody must know of each look at a row: a snapshot is being written, or chunks come and go.</summary>
    private bool _isWatched;

    /// <summary>Gets how many rows there are.</summary>
    public int Count => _next - 1 - _free.Count;

    /// <summary>Gets one more than the greatest number that was ever used.</summary>
    public int End => _next;

    /// <summary>Gets how many rows stand together; the rows of one such group are cheap to look at in turn.</summary>
    public int PerChunk => _perChunk;

    public ref T this[int row]
    {
        get
        {
            var chunk = row >> _bits;
            if (_isWatched)
            {
                Watch(chunk);
            }

            return ref _chunks[chunk]![row & _mask];
        }
    }

    /// <summary>Adds a row of zeros and returns its number.</summary>
    public int Add()
    {
        if (_free.TryPop(out var row))
        {
            return row;
        }

        Grow();
        return _next++;
    }

    public void Remove(int row)
    {
        this[row] = default;
        _free.Push(row);
    }

    private static int FirstOf(int bits) => bits == UsualBits ? First : 1 << bits;

    /// <summary>The first chunk grows by doubling, so that a small store stays small; the others come whole.</summary>
    private void Grow()
    {
        var chunk = _next >> _bits;
        if (chunk == 0)
        {
            if (_chunks[0] is { } rows && _next == rows.Length)
            {
                Keep(0);
                Array.Resize(ref _chunks[0], _next * 2);
            }

            return;
        }

        if (chunk >= _chunks.Length)
        {
            Array.Resize(ref _chunks, (int)BitOperations.RoundUpToPowerOf2((uint)chunk + 1));
        }

        if ((_next & _mask) == 0)
        {
            Begin(chunk);
        }
    }
}
