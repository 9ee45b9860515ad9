using System.Runtime.InteropServices;

namespace Messaging.Storage.Memory;

/// <summary>The rows of a table as they stood at one moment: the table copies a chunk before it changes one that is frozen.</summary>
internal sealed class FrozenRows<T>(T[][] chunks, int end, int[] free)
    where T : struct
{
    public int End => end;

    public ref readonly T this[int row] => ref chunks[row >> RowTable<T>.Bits][row & (RowTable<T>.PerChunk - 1)];

    public void Write(BinaryWriter writer)
    {
        writer.Write(end);
        writer.Write(free.Length);
        writer.Write(MemoryMarshal.AsBytes<int>(free));
        for (var (left, chunk) = (end, 0); left > 0; left -= RowTable<T>.PerChunk, chunk++)
        {
            writer.Write(MemoryMarshal.AsBytes(chunks[chunk].AsSpan(0, Math.Min(left, RowTable<T>.PerChunk))));
        }
    }
}
