using System.Buffers.Binary;

namespace Messaging.Storage.Memory;

/// <summary>The records of a heap as they stood at one moment. What is written in a slab never changes, so that nothing is copied.</summary>
internal sealed class FrozenSlabs(FrozenSlabs.Slab?[] slabs, int[] freeNumbers, int current)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(slabs.Length);
        foreach (var slab in slabs)
        {
            Write(writer, slab);
        }

        writer.Write(freeNumbers.Length);
        foreach (var number in freeNumbers)
        {
            writer.Write(number);
        }

        writer.Write(current);
    }

    /// <summary>Returns a record of a slab in memory; empty for place 0.</summary>
    public ReadOnlySpan<byte> Read(long place)
    {
        var slab = slabs[(int)(place >> 32)]!.Value;
        var offset = (int)place;
        return slab.Bytes.AsSpan(offset + (slab.IsSealed ? 2 * sizeof(int) : sizeof(int)), BinaryPrimitives.ReadInt32LittleEndian(slab.Bytes.AsSpan(offset)));
    }

    /// <summary>Writes a slab. The sign of the first number says whether records have checksums.</summary>
    private static void Write(BinaryWriter writer, Slab? slab)
    {
        writer.Write(slab is null ? 0 : slab.Value.IsSealed ? -slab.Value.Capacity : slab.Value.Capacity);
        if (slab is { } kept)
        {
            writer.Write(kept.Used);
            writer.Write(kept.Live);
            writer.Write(kept.File);
            if (kept.File == 0)
            {
                writer.Write(Memory.Slab.Visible(kept.Bytes!, kept.Used, kept.Freed));
            }
        }
    }

    internal readonly record struct Slab(byte[]? Bytes, int Capacity, int Used, int Live, long File, bool IsSealed, Range[]? Freed);
}
