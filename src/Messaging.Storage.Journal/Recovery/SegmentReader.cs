using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>Walks the records of one segment that was read into memory.</summary>
internal ref struct SegmentReader(ReadOnlyMemory<byte> segment, SegmentHeader header, long lsn, int from)
{
    private readonly ReadOnlyMemory<byte> _segment = segment;
    private readonly uint _seed = header.Seed;

    /// <summary>Gets the number of the record that comes next.</summary>
    public long Lsn { get; private set; } = lsn;

    /// <summary>Gets the place of the record that comes next.</summary>
    public int Offset { get; private set; } = from;

    /// <summary>Gets the header of the record just read.</summary>
    public RecordHeader Header { get; private set; }

    /// <summary>Gets the payload of the record just read.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <returns><see langword="false"/> at the first place where none stands, or not the next.</returns>
    public bool Read()
    {
        if (!TryReadAt(Offset, out var header) || header.Lsn != Lsn)
        {
            return false;
        }

        (Header, Payload) = (header, _segment.Slice(Offset + RecordHeader.Size, header.Length));
        Offset += RecordHeader.Padded(header.Length);
        Lsn++;
        return true;
    }

    /// <summary>Returns whether nothing was ever written from here on.</summary>
    public readonly bool IsBlank() => !_segment.Span[Offset..].ContainsAnyExcept((byte)0);

    /// <summary>Returns whether nothing was written at this very place, as at the end of a full segment.</summary>
    public readonly bool IsEnd() =>
        _segment.Length - Offset < RecordHeader.Size || !_segment.Span.Slice(Offset, RecordHeader.Size).ContainsAnyExcept((byte)0);

    /// <summary>Goes on to the next record that stands anywhere behind this place.</summary>
    public bool Skip()
    {
        for (var place = Offset + 8; place <= _segment.Length - RecordHeader.Size; place += 8)
        {
            if (TryReadAt(place, out var header) && header.Lsn >= Lsn)
            {
                (Offset, Lsn) = (place, header.Lsn);
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns whether a later record shows that the one which should stand here was durable once.</summary>
    public readonly bool IsDamaged()
    {
        var later = this;
        while (later.Skip())
        {
            TryReadAt(later.Offset, out var header);
            if (header.DurableLsn >= Lsn)
            {
                return true;
            }
        }

        return false;
    }

    private readonly bool TryReadAt(int place, out RecordHeader header)
    {
        var rest = _segment.Span[place..];
        header = rest.Length >= RecordHeader.Size ? RecordHeader.Read(rest) : default;
        return header is { Length: >= 0, Lsn: > 0 }
            && header.Length <= rest.Length - RecordHeader.Size
            && RecordHeader.Padded(header.Length) <= rest.Length
            && RecordHeader.CrcOf(rest, header.Length, _seed) == header.Crc;
    }
}
