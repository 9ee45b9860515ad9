using System.Numerics;

namespace Messaging.Storage.Memory;

/// <summary>Rows in large arrays without references, found by number. Numbers begin at 1, so that 0 means "none"; those of removed rows are used again.</summary>
/// <remarks>A reference to a row is good until the next <see cref="Add"/>. Not thread safe.</remarks>
internal sealed partial class RowTable<T>
    where T : struct
{
    public const int Bits = 12;
    public const int PerChunk = 1 << Bits;
    private const int First = 16;

    private readonly Stack<int> _free = [];
    private T[][] _chunks = [new T[First]];
    private int _next = 1;

    /// <summary>Gets how many rows there are.</summary>
    public int Count => _next - 1 - _free.Count;

    /// <summary>Gets one more than the greatest number that was ever used.</summary>
    public int End => _next;

    public ref T this[int row]
    {
        get
        {
            if (_frozen is not null)
            {
                Keep(row >> Bits);
            }

            return ref _chunks[row >> Bits][row & (PerChunk - 1)];
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

    /// <summary>The first chunk grows by doubling, so that a small store stays small; the others come whole.</summary>
    private void Grow()
    {
        var chunk = _next >> Bits;
        if (chunk == 0)
        {
            if (_next == _chunks[0].Length)
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

        _chunks[chunk] ??= new T[PerChunk];
    }
}
