namespace Messaging.Storage.Memory;

/// <summary>Keeps evidence in two cells of the row: the usual case has one or two facts of the first generation, each seen once. More goes to a record.</summary>
internal sealed class EvidenceCells(SlabHeap records, RecordWriter writer)
{
    /// <summary>How many entries a caller's buffer should hold, so that hardly any evidence needs an array.</summary>
    public const int Usual = 16;

    private const byte Spilled = byte.MaxValue;

    /// <summary>Reads the entries, in the order of <see cref="Evidence.Entries"/>.</summary>
    public ReadOnlySpan<EvidenceEntry> Read(in DeliveryRow row, Span<EvidenceEntry> buffer)
    {
        if (row.FirstFact == Spilled)
        {
            return ReadRecord(row.FirstFactAt, buffer);
        }

        var count = 0;
        if (row.FirstFact != 0)
        {
            buffer[count++] = Cell(row.FirstFact, row.FirstFactAt);
        }

        if (row.SecondFact != 0)
        {
            buffer[count++] = Cell(row.SecondFact, row.SecondFactAt);
        }

        return buffer[..count];
    }

    public Evidence Get(in DeliveryRow row)
    {
        if (row.FirstFact == 0)
        {
            return Evidence.None;
        }

        Span<EvidenceEntry> buffer = stackalloc EvidenceEntry[Usual];
        return Evidence.From(Read(row, buffer));
    }

    public void Add(ref DeliveryRow row, MessageEventType type, DateTimeOffset at, int generation)
    {
        if (row.FirstFact == 0 && generation == 0)
        {
            (row.FirstFact, row.FirstFactAt) = (CellOf(type), at.UtcTicks);
            return;
        }

        Span<EvidenceEntry> buffer = stackalloc EvidenceEntry[Usual];
        Put(ref row, Evidence.From(Read(row, buffer)).With(type, at, generation));
    }

    public void Put(ref DeliveryRow row, Evidence evidence)
    {
        Clear(ref row);
        var entries = evidence.Entries.AsSpan();
        if (entries.Length > 2 || !FitCells(entries))
        {
            (row.FirstFact, row.FirstFactAt) = (Spilled, WriteRecord(entries));
            return;
        }

        if (entries.Length > 0)
        {
            (row.FirstFact, row.FirstFactAt) = (CellOf(entries[0].Type), entries[0].First.UtcTicks);
        }

        if (entries.Length > 1)
        {
            (row.SecondFact, row.SecondFactAt) = (CellOf(entries[1].Type), entries[1].First.UtcTicks);
        }
    }

    public void Clear(ref DeliveryRow row)
    {
        if (row.FirstFact == Spilled)
        {
            records.Free(row.FirstFactAt);
        }

        (row.FirstFact, row.SecondFact, row.FirstFactAt, row.SecondFactAt) = (0, 0, 0, 0);
    }

    /// <summary>Returns how a cell names a type; 0 is an empty cell.</summary>
    public static byte CellOf(MessageEventType type) => (byte)((int)type + 1);

    private static EvidenceEntry Cell(byte cell, long at) => Entry((MessageEventType)(cell - 1), 0, at, at);

    private static EvidenceEntry Entry(MessageEventType type, int generation, long first, long last) =>
        new(type, generation, new DateTimeOffset(first, TimeSpan.Zero), new DateTimeOffset(last, TimeSpan.Zero));

    private static bool FitCells(ReadOnlySpan<EvidenceEntry> entries)
    {
        foreach (ref readonly var entry in entries)
        {
            if (entry.Generation != 0 || entry.First != entry.Last)
            {
                return false;
            }
        }

        return true;
    }

    private ReadOnlySpan<EvidenceEntry> ReadRecord(long place, Span<EvidenceEntry> buffer)
    {
        var reader = new RecordReader(records.Read(place));
        var entries = reader.Int32() is var count && count <= buffer.Length ? buffer[..count] : new EvidenceEntry[count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = Entry((MessageEventType)reader.Byte(), reader.Int32(), reader.Int64(), reader.Int64());
        }

        return entries;
    }

    private long WriteRecord(ReadOnlySpan<EvidenceEntry> entries)
    {
        writer.Start().Int32(entries.Length);
        foreach (ref readonly var entry in entries)
        {
            writer.Byte((byte)entry.Type);
            writer.Int32(entry.Generation);
            writer.Int64(entry.First.UtcTicks);
            writer.Int64(entry.Last.UtcTicks);
        }

        return records.Add(writer.Written);
    }
}
