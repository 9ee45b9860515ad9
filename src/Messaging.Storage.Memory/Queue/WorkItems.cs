namespace Messaging.Storage.Memory;

/// <summary>The pieces of work that are no deliveries, found by kind and id. Not thread safe.</summary>
internal sealed class WorkItems
{
    private readonly RowTable<ItemRow> _rows = new();
    private readonly RowIndex _byId = new();

    public ref ItemRow this[int row] => ref _rows[row];

    /// <summary>Gets one more than the greatest row that was ever used.</summary>
    public int End => _rows.End;

    /// <summary>Returns the item; 0 when it is not there.</summary>
    public int Find(WorkKind kind, Guid id) => _byId.Find(SeededHash.Of(id, (ulong)kind), new Key(this, (byte)kind, id));

    /// <summary>Adds an item whose work is still to come.</summary>
    public int Add(WorkItem item, long payload)
    {
        var row = _rows.Add();
        ref var added = ref _rows[row];
        (added.Id, added.Kind, added.Payload, added.DueAt) = (item.Id, (byte)item.Kind, payload, item.DueAt.UtcTicks);
        _byId.Add(SeededHash.Of(item.Id, (ulong)item.Kind), row);
        return row;
    }

    public void Remove(int row)
    {
        _byId.Remove(SeededHash.Of(_rows[row].Id, _rows[row].Kind), row);
        _rows.Remove(row);
    }

    public Action<BinaryWriter> Freeze() => _rows.Freeze().Write;

    public void Thaw() => _rows.Thaw();

    public void Load(BinaryReader reader)
    {
        _rows.Load(reader);
        for (var row = 1; row < _rows.End; row++)
        {
            // A row that was removed is all zeros; no work has the kind of deliveries here.
            if (_rows[row].Work != 0)
            {
                _byId.Add(SeededHash.Of(_rows[row].Id, _rows[row].Kind), row);
            }
        }
    }

    private readonly struct Key(WorkItems items, byte kind, Guid id) : IRowKey
    {
        public bool Is(int row) => items._rows[row].Id == id && items._rows[row].Kind == kind;
    }
}
