using System.Runtime.InteropServices;

namespace Messaging.Storage.Memory;

/// <summary>The rows of a table as they stood at one moment: the table copies a chunk before it changes one that is frozen.</summary>
/// <param name="chunks">The chunks that are in memory.</param>
/// <param name="places">Where the others stand in a file; <see langword="null"/> when all are in memory.</param>
/// <param name="bits">How many rows make a chunk.</param>
/// <param name="end">One more than the greatest row.</param>
/// <param name="free">The rows that may be used again.</param>
internal sealed class FrozenRows<T>(T[]?[] chunks, long[]? places, int bits, int end, int[] free)
    where T : unmanaged
{
    public int End => end;

    /// <summary>Gets a row, of a table of which all chunks are in memory.</summary>
    public ref readonly T this[int row] => ref chunks[row >> bits]![row & ((1 << bits) - 1)];

    /// <summary>Writes the rows. The sign of the first number says whether chunks may stand elsewhere.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(places is null ? end : -end);
        writer.Write(free.Length);
        writer.Write(MemoryMarshal.AsBytes<int>(free));
        for (var (left, chunk) = (end, 0); left > 0; left -= 1 << bits, chunk++)
        {
            if (places is not null)
            {
                writer.Write(chunks[chunk] is null ? places[chunk] : 0);
            }

            if (chunks[chunk] is { } rows)
            {
                writer.Write(MemoryMarshal.AsBytes(rows.AsSpan(0, Math.Min(left, 1 << bits))));
            }
        }
    }
}
