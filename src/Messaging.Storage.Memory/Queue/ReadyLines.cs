namespace Messaging.Storage.Memory;

/// <summary>What may be claimed. For each lane and kind, tenants stand in a ring and take turns; each has a line of its own. Not thread safe.</summary>
internal sealed class ReadyLines(RowTable<WorkRow> work, RowTable<TenantRow> tenants)
{
    public const int Lanes = 4;
    public const int Kinds = 7;
    public const int Queues = Lanes * Kinds;

    private readonly RowTable<LineRow> _lines = new();

    /// <summary>By lane and kind, the line whose turn is next.</summary>
    private readonly int[] _turns = new int[Queues];
    private readonly int[] _counts = new int[Queues];
    private readonly int[] _ofKinds = new int[Kinds];

    public int Count { get; private set; }

    public int CountOf(int lane, int kind) => _counts[QueueOf(lane, kind)];

    public bool Has(int kinds)
    {
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (_ofKinds[kind] > 0 && (kinds & (1 << kind)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts work into its tenant's line, by due time and then sequence; usually at the end.</summary>
    public void Add(int row)
    {
        ref var added = ref work[row];
        ref var number = ref tenants[added.Tenant].Lines[QueueOf(added.Lane, added.Kind)];
        if (number == 0)
        {
            number = Open(added.Tenant, QueueOf(added.Lane, added.Kind));
        }

        ref var line = ref _lines[number];
        if (line.Last == 0 || IsBefore(line.Last, row))
        {
            Insert(ref line, row, line.Last);
        }
        else
        {
            Insert(ref line, row, FindBefore(line, row));
        }

        _counts[line.Queue]++;
        _ofKinds[work[row].Kind]++;
        Count++;
    }

    public void Remove(int row)
    {
        ref var removed = ref work[row];
        var number = tenants[removed.Tenant].Lines[QueueOf(removed.Lane, removed.Kind)];
        ref var line = ref _lines[number];
        (removed.Previous == 0 ? ref line.First : ref work[removed.Previous].Next) = removed.Next;
        (removed.Next == 0 ? ref line.Last : ref work[removed.Next].Previous) = removed.Previous;
        (removed.Next, removed.Previous) = (0, 0);
        _counts[line.Queue]--;
        _ofKinds[removed.Kind]--;
        Count--;
        if (line.First == 0)
        {
            Close(number);
        }
    }

    /// <summary>Takes the first of the tenant whose turn it is; the turn goes on.</summary>
    public int Take(int lane, int kind)
    {
        ref var turn = ref _turns[QueueOf(lane, kind)];
        var line = turn;
        var row = _lines[line].First;
        turn = _lines[line].Next;
        Remove(row);
        return row;
    }

    /// <summary>Returns since when the oldest is due, one step for each tenant's line; <see cref="long.MaxValue"/> when nothing is ready.</summary>
    public long OldestDue()
    {
        var oldest = long.MaxValue;
        foreach (var first in _turns)
        {
            for (var line = first; line != 0; line = _lines[line].Next == first ? 0 : _lines[line].Next)
            {
                oldest = Math.Min(oldest, work[_lines[line].First].Due);
            }
        }

        return oldest;
    }

    public Action<BinaryWriter> Freeze()
    {
        var (turns, counts, ofKinds, count) = (_turns.ToArray(), _counts.ToArray(), _ofKinds.ToArray(), Count);
        return _lines.Freeze().Write + (Action<BinaryWriter>)(writer =>
        {
            writer.WriteRaw<int>(turns);
            writer.WriteRaw<int>(counts);
            writer.WriteRaw<int>(ofKinds);
            writer.Write(count);
        });
    }

    public void Thaw() => _lines.Thaw();

    public void Load(BinaryReader reader)
    {
        _lines.Load(reader);
        reader.ReadRaw<int>().CopyTo(_turns, 0);
        reader.ReadRaw<int>().CopyTo(_counts, 0);
        reader.ReadRaw<int>().CopyTo(_ofKinds, 0);
        Count = reader.ReadInt32();
    }

    private static int QueueOf(int lane, int kind) => (kind * Lanes) + lane;

    private bool IsBefore(int one, int other)
    {
        ref var a = ref work[one];
        ref var b = ref work[other];
        return a.Due < b.Due || (a.Due == b.Due && a.Sequence < b.Sequence);
    }

    /// <summary>Finds the row that the other goes behind. What was handed back goes to the front, so the search begins there.</summary>
    private int FindBefore(in LineRow line, int row)
    {
        var before = 0;
        for (var next = line.First; next != 0 && IsBefore(next, row); next = work[next].Next)
        {
            before = next;
        }

        return before;
    }

    private void Insert(ref LineRow line, int row, int before)
    {
        ref var added = ref work[row];
        added.Previous = before;
        added.Next = before == 0 ? line.First : work[before].Next;
        (before == 0 ? ref line.First : ref work[before].Next) = row;
        (added.Next == 0 ? ref line.Last : ref work[added.Next].Previous) = row;
    }

    /// <summary>A newcomer's turn comes after everybody else's.</summary>
    private int Open(int tenant, int queue)
    {
        var number = _lines.Add();
        ref var line = ref _lines[number];
        (line.Tenant, line.Queue) = (tenant, queue);
        ref var turn = ref _turns[queue];
        if (turn == 0)
        {
            (turn, line.Next, line.Previous) = (number, number, number);
            return number;
        }

        var last = _lines[turn].Previous;
        (line.Next, line.Previous) = (turn, last);
        _lines[last].Next = number;
        _lines[turn].Previous = number;
        return number;
    }

    private void Close(int number)
    {
        ref var line = ref _lines[number];
        _lines[line.Previous].Next = line.Next;
        _lines[line.Next].Previous = line.Previous;
        if (_turns[line.Queue] == number)
        {
            _turns[line.Queue] = line.Next == number ? 0 : line.Next;
        }

        tenants[line.Tenant].Lines[line.Queue] = 0;
        _lines.Remove(number);
    }
}
