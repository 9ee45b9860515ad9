using System.Buffers.Binary;

namespace Messaging.Storage.Memory;

/// <summary>Keeps many records in few large arrays, so that the collector sees no object for each. Not thread safe.</summary>
/// <remarks>
/// A record never moves and its bytes are never used again: memory that was handed out stays as it is for as long as somebody holds it. A slab
/// is let go as a whole once all of its records are dead.
/// </remarks>
internal sealed class SlabHeap
{
    private const int Smallest = 16 * 1024;
    private const int Largest = 1024 * 1024;
    private const int Header = sizeof(int);

    /// <summary>By number; 0 is none, so that a place of 0 means "no record".</summary>
    private readonly List<Slab?> _slabs = [null];
    private readonly Stack<int> _freeNumbers = [];
    private int _current;

    /// <summary>Gets the bytes of all slabs.</summary>
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

        var length = checked(record.Length + Header);
        var number = length > Largest / 4 ? Open(length) : RoomFor(length);
        var slab = _slabs[number]!;
        var offset = slab.Used;
        BinaryPrimitives.WriteInt32LittleEndian(slab.Bytes.AsSpan(offset), record.Length);
        record.CopyTo(slab.Bytes.AsSpan(offset + Header));
        slab.Used += length;
        slab.Live += length;
        Live += length;
        return ((long)number << 32) | (uint)offset;
    }

    /// <summary>Returns the record; empty for place 0.</summary>
    public ReadOnlySpan<byte> Read(long place)
    {
        if (place == 0)
        {
            return default;
        }

        var bytes = _slabs[(int)(place >> 32)]!.Bytes;
        var offset = (int)place;
        return bytes.AsSpan(offset + Header, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset)));
    }

    /// <summary>Returns the record without copying it; empty for place 0.</summary>
    public ReadOnlyMemory<byte> Get(long place)
    {
        if (place == 0)
        {
            return default;
        }

        var bytes = _slabs[(int)(place >> 32)]!.Bytes;
        var offset = (int)place;
        return bytes.AsMemory(offset + Header, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset)));
    }

    /// <summary>Says that nobody needs the record any more.</summary>
    public void Free(long place)
    {
        if (place == 0)
        {
            return;
        }

        var number = (int)(place >> 32);
        var length = Read(place).Length + Header;
        var slab = _slabs[number]!;
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
        if (place != 0)
        {
            _slabs[(int)(place >> 32)]!.Bytes.AsSpan((int)place + Header, Read(place).Length).Clear();
            Free(place);
        }
    }

    private int RoomFor(int length)
    {
        if (_current != 0 && _slabs[_current] is { } slab)
        {
            if (slab.Bytes.Length - slab.Used >= length)
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
        var slab = new Slab(size);
        Size += size;
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
        Size -= _slabs[number]!.Bytes.Length;
        _slabs[number] = null;
        _freeNumbers.Push(number);
    }
}
