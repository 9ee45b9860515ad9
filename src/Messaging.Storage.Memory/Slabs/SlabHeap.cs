using System.Buffers.Binary;

namespace Messaging.Storage.Memory;

/// <summary>Keeps many records in few large arrays, so that the collector sees no object for each. Not thread safe.</summary>
/// <remarks>
/// A record never moves and its bytes are never used again: memory that was handed out stays as it is for as long as somebody holds it. A slab
/// is let go as a whole once all of its records are dead. With <see cref="Files"/>, full slabs beyond what memory keeps go there, the oldest first.
/// </remarks>
internal sealed partial class SlabHeap
{
    private const int Smallest = 16 * 1024;
    private const int Largest = 1024 * 1024;
    private const int LargestHeader = 2 * sizeof(int);

    /// <summary>By number; 0 is none, so that a place of 0 means "no record".</summary>
    private readonly List<Slab?> _slabs = [null];
    private readonly Stack<int> _freeNumbers = [];
    private int _current;

    /// <summary>Gets the bytes of all slabs, those in files included.</summary>
    public long Size { get; private set; }

    /// <summary>Gets the bytes of all records that somebody needs.</summary>
    public long Live { get; private set; }

    /// <summary>Copies a record in.</summary>
    /// <returns>Its place; 0 when it is empty.</returns>
    public long Add(ReadOnlySpan<byte> record)
    {
        if (record.IsEmpty)
        {
            return 0;
        }

        var most = checked(record.Length + LargestHeader);
        var number = most > Largest / 4 ? Open(most) : RoomFor(most);
        var slab = _slabs[number]!;
        var offset = slab.Used;
        var length = Write(slab, offset, record);
        slab.Used += length;
        slab.Live += length;
        Live += length;
        return ((long)number << 32) | (uint)offset;
    }

    /// <summary>Returns the record; empty for place 0.</summary>
    public ReadOnlySpan<byte> Read(long place) => Get(place).Span;

    /// <summary>Returns the record, without copying it if it is in memory; empty for place 0.</summary>
    public ReadOnlyMemory<byte> Get(long place)
    {
        if (place == 0)
        {
            return default;
        }

        var slab = _slabs[(int)(place >> 32)]!;
        var offset = (int)place;
        return slab.Bytes is { } bytes
            ? bytes.AsMemory(offset + slab.Header, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset)))
            : ReadFile(slab, offset);
    }

    /// <summary>Says that nobody needs the record any more.</summary>
    public void Free(long place)
    {
        if (place == 0)
        {
            return;
        }

        var number = (int)(place >> 32);
        var slab = _slabs[number]!;
        var length = LengthOf(slab, (int)place) + slab.Header;
        if (ErasesFreed || slab.Bytes is null)
        {
            Clear(slab, (int)place + slab.Header, length - slab.Header);
        }
        else if (Files is not null)
        {
            slab.Hide((int)place + slab.Header, length - slab.Header);
        }

        slab.Live -= length;
        Live -= length;
        if (slab.Live == 0 && number != _current)
        {
            Close(number);
        }
    }

    /// <summary>Overwrites the record with zeros, then frees it. Only for bytes that were never handed out.</summary>
    public void Erase(long place)
    {
        if (place == 0)
        {
            return;
        }

        var slab = _slabs[(int)(place >> 32)]!;
        Clear(slab, (int)place + slab.Header, LengthOf(slab, (int)place));
        Free(place);
    }

    private int Write(Slab slab, int offset, ReadOnlySpan<byte> record)
    {
        var room = slab.Bytes.AsSpan(offset);
        BinaryPrimitives.WriteInt32LittleEndian(room, record.Length);
        if (slab.IsSealed)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(room[Slab.LengthSize..], Files!.SealOf(record));
        }

        record.CopyTo(room[slab.Header..]);
        return slab.Header + record.Length;
    }

    private void Clear(Slab slab, int offset, int length)
    {
        if (slab.Bytes is { } bytes)
        {
            bytes.AsSpan(offset, length).Clear();
        }
        else
        {
            Files!.Erase(slab.File, offset, length);
        }
    }

    private int RoomFor(int length)
    {
        if (_current != 0 && _slabs[_current] is { } slab)
        {
            if (slab.Capacity - slab.Used >= length)
            {
                return _current;
            }

            if (slab.Live == 0)
            {
                Close(_current);
            }
        }

        return _current = Open(Math.Max(length, (int)Math.Clamp(Size / 4, Smallest, Largest)));
    }

    private int Open(int size)
    {
        var slab = new Slab(size, isSealed: Files is not null);
        Size += size;
        MoveOut(slab);
        if (_freeNumbers.TryPop(out var number))
        {
            _slabs[number] = slab;
            return number;
        }

        _slabs.Add(slab);
        return _slabs.Count - 1;
    }

    private void Close(int number)
    {
        var slab = _slabs[number]!;
        Size -= slab.Capacity;
        LetGo(slab);
        _slabs[number] = null;
        _freeNumbers.Push(number);
    }
}
