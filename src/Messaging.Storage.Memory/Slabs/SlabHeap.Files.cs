using System.Buffers.Binary;

namespace Messaging.Storage.Memory;

internal sealed partial class SlabHeap
{
    /// <summary>Reading a record takes one look in most cases: most are shorter than this.</summary>
    private const int Look = 2048;

    /// <summary>Slabs in memory in the order in which they came; the last is the one that is being filled.</summary>
    private readonly Queue<Slab> _inMemory = [];
    private long _inMemorySize;

    /// <summary>Gets or sets where full slabs go that memory has no room for; <see langword="null"/> keeps all in memory.</summary>
    public ISlabFiles? Files { get; set; }

    /// <summary>Gets the bytes of slabs in memory, when others are in files.</summary>
    public long InMemory => _inMemorySize;

    /// <summary>Gets or sets what reads ahead in files; <see langword="null"/> when records are read one by one.</summary>
    public SlabWindows? Windows { get; set; }

    /// <summary>Gets or sets a value indicating whether what is freed is overwritten: nothing of it gets into a snapshot.</summary>
    public bool ErasesFreed { get; set; }

    /// <summary>Returns the records as they stand now. Slabs are not copied: what is written in them never changes, but for what is erased.</summary>
    public FrozenSlabs Freeze() => new(
        [.. _slabs.Select(slab => slab is null ? (FrozenSlabs.Slab?)null : new FrozenSlabs.Slab(slab.Bytes, slab.Capacity, slab.Used, slab.Live, slab.File, slab.IsSealed, slab.Freed?.ToArray()))],
        [.. _freeNumbers.Reverse()],
        _current);

    /// <summary>Reads what <see cref="FrozenSlabs"/> wrote; the heap is empty before.</summary>
    public void Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        _slabs.Clear();
        for (var number = 0; number < count; number++)
        {
            var capacity = reader.ReadInt32();
            _slabs.Add(capacity == 0 ? null : LoadSlab(reader, capacity));
        }

        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            _freeNumbers.Push(reader.ReadInt32());
        }

        _current = reader.ReadInt32();
    }

    private Slab LoadSlab(BinaryReader reader, int capacity)
    {
        var isSealed = capacity < 0;
        capacity = Math.Abs(capacity);
        var slab = new Slab(null, capacity, isSealed) { Used = reader.ReadInt32(), Live = reader.ReadInt32(), File = reader.ReadInt64() };
        if (slab.File == 0)
        {
            slab.Bytes = GC.AllocateUninitializedArray<byte>(capacity);
            reader.ReadInto(slab.Bytes.AsSpan(0, slab.Used));
            _inMemory.Enqueue(slab);
            _inMemorySize += capacity;
        }
        else
        {
            Files!.Keep(slab.File, slab.Used);
        }

        Size += capacity;
        Live += slab.Live;
        return slab;
    }

    /// <summary>Moves the oldest slabs to files until there is room for another.</summary>
    private void MoveOut(Slab added)
    {
        if (Files is null)
        {
            return;
        }

        _inMemory.Enqueue(added);
        _inMemorySize += added.Capacity;
        for (var older = _inMemory.Count - 1; older > 0 && _inMemorySize - added.Capacity > Files.KeptInMemory; older--)
        {
            var slab = _inMemory.Dequeue();
            if (ReferenceEquals(slab, _slabs[_current]))
            {
                _inMemory.Enqueue(slab);
            }
            else if (slab.Bytes is { } bytes)
            {
                slab.File = Files.Write(Slab.Visible(bytes, slab.Used, slab.Freed));
                if (slab.File == 0)
                {
                    _inMemory.Enqueue(slab);
                    return;
                }

                slab.Bytes = null;
                _inMemorySize -= slab.Capacity;
            }
        }
    }

    /// <summary>Lets go of the bytes of a slab that nobody needs. Who was given some of them still has them.</summary>
    private void LetGo(Slab slab)
    {
        if (slab.File != 0)
        {
            Files!.Forget(slab.File, slab.Used);
        }
        else if (Files is not null)
        {
            _inMemorySize -= slab.Capacity;
        }

        slab.Bytes = null;
    }

    private ReadOnlyMemory<byte> ReadFile(Slab slab, int offset)
    {
        var ahead = Windows?.Read(slab, offset, slab.Header) ?? default;
        if (ahead.IsEmpty)
        {
            return ReadAlone(slab, offset);
        }

        var length = LengthAt(slab, offset, ahead.Span);
        ahead = Windows!.Read(slab, offset, slab.Header + length);
        return ahead.IsEmpty ? ReadAlone(slab, offset) : Verified(slab, offset, ahead.Span, ahead.Slice(slab.Header, length));
    }

    private ReadOnlyMemory<byte> ReadAlone(Slab slab, int offset)
    {
        Span<byte> look = stackalloc byte[Math.Min(Look, slab.Used - offset)];
        Files!.Read(slab.File, offset, look);
        var record = GC.AllocateUninitializedArray<byte>(LengthAt(slab, offset, look));
        var seen = look[slab.Header..Math.Min(look.Length, slab.Header + record.Length)];
        seen.CopyTo(record);
        if (seen.Length < record.Length)
        {
            Files.Read(slab.File, offset + slab.Header + seen.Length, record.AsSpan(seen.Length));
        }

        return Verified(slab, offset, look, record);
    }

    private ReadOnlyMemory<byte> Verified(Slab slab, int offset, ReadOnlySpan<byte> header, ReadOnlyMemory<byte> record) =>
        !slab.IsSealed || BinaryPrimitives.ReadUInt32LittleEndian(header[Slab.LengthSize..]) == Files!.SealOf(record.Span)
            ? record
            : throw Files.Damaged(slab.File, offset);

    private int LengthOf(Slab slab, int offset)
    {
        Span<byte> header = stackalloc byte[Slab.LengthSize];
        if (slab.Bytes is { } bytes)
        {
            return BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));
        }

        Files!.Read(slab.File, offset, header);
        return LengthAt(slab, offset, header);
    }

    /// <summary>Reads a record's length, which is checked before anything is done by it.</summary>
    private int LengthAt(Slab slab, int offset, ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length > 0 && length <= slab.Used - offset - slab.Header ? length : throw Files!.Damaged(slab.File, offset);
    }
}
