namespace Messaging.Storage.Memory;

/// <summary>The entities of one schema and the entries of its indexes, whatever their type. Not thread safe.</summary>
internal sealed class EntityRows
{
    private readonly SlabHeap _heap;
    private readonly RecordWriter _writer;
    private readonly RowTable<EntityRow> _rows = new();
    private readonly RowTable<EntryRow> _entries = new();
    private readonly RowIndex _byKey = new();
    private readonly SortedRows _keys = new();
    private readonly EntityOrder[] _orders;

    public EntityRows(SlabHeap heap, RecordWriter writer, int indexes)
    {
        (_heap, _writer) = (heap, writer);
        _orders = [.. Enumerable.Range(0, indexes).Select(_ => new EntityOrder(this))];
    }

    public ref EntityRow this[int row] => ref _rows[row];

    public EntityOrder Order(int index) => _orders[index];

    /// <summary>Returns the entity; 0 when it is not there.</summary>
    public int Find(int tenant, ReadOnlySpan<byte> key) => _byKey.Find(SeededHash.Of(key, (ulong)tenant), new Key(this, tenant, key));

    public ReadOnlySpan<byte> KeyOf(int row) => new RecordReader(_heap.Read(_rows[row].Body)).Utf8();

    public ReadOnlySpan<byte> JsonOf(int row)
    {
        var record = _heap.Read(_rows[row].Body);
        return record[(sizeof(int) + new RecordReader(record).Int32())..];
    }

    public int EntityOf(int entry) => _entries[entry].Entity;

    public ReadOnlySpan<byte> ValueOf(int entry) => _heap.Read(_entries[entry].Value);

    /// <summary>Writes an entity and its entries, in place of what stood under its key.</summary>
    public int Write(EntityImprint imprint)
    {
        var row = Find(imprint.Tenant, imprint.Key);
        if (row == 0)
        {
            row = Add(imprint);
        }
        else
        {
            RemoveEntries(row);
            _heap.Free(_rows[row].Body);
            _rows[row].Body = BodyOf(imprint);
        }

        _rows[row].Version = imprint.Version;
        foreach (var (index, value) in imprint.Values)
        {
            AddEntry(row, index, value);
        }

        return row;
    }

    public void Remove(int row)
    {
        RemoveEntries(row);
        _byKey.Remove(SeededHash.Of(KeyOf(row), (ulong)_rows[row].Tenant), row);
        _keys.Remove(new KeyProbe(this, _rows[row].Tenant, KeyOf(row)));
        _heap.Free(_rows[row].Body);
        _rows.Remove(row);
    }

    /// <summary>Copies all that is kept of an entity, so that it can be written again.</summary>
    public EntityImprint Imprint(int row)
    {
        var values = new List<(int, byte[])>();
        for (var entry = _rows[row].Entries; entry != 0; entry = _entries[entry].Next)
        {
            values.Add((_entries[entry].Index, ValueOf(entry).ToArray()));
        }

        return new EntityImprint(_rows[row].Tenant, KeyOf(row).ToArray(), JsonOf(row).ToArray(), values) { Version = _rows[row].Version };
    }

    public FrozenRows<EntityRow> Freeze() => _rows.Freeze();

    public void Thaw() => _rows.Thaw();

    /// <summary>Lists all entities, by tenant and key.</summary>
    public IEnumerable<int> All() => _keys.From(default);

    /// <summary>Returns whether an entity has an entry in an index.</summary>
    public bool Has(int row, int index) => Entry(row, index) != 0;

    /// <summary>Returns an entry of an entity in an index; 0 when it has none.</summary>
    public int Entry(int row, int index)
    {
        var entry = _rows[row].Entries;
        while (entry != 0 && _entries[entry].Index != index)
        {
            entry = _entries[entry].Next;
        }

        return entry;
    }

    /// <summary>Lists entities by tenant and key, from a key on or back from it.</summary>
    public IEnumerable<int> FromKey(int tenant, byte[] key, bool descending)
    {
        var place = _keys.Seek(new KeyProbe(this, tenant, key));
        return descending ? _keys.Before(place) : _keys.From(place);
    }

    private int Add(EntityImprint imprint)
    {
        var row = _rows.Add();
        (_rows[row].Tenant, _rows[row].Body) = (imprint.Tenant, BodyOf(imprint));
        _byKey.Add(SeededHash.Of(imprint.Key, (ulong)imprint.Tenant), row);
        _keys.Add(new KeyProbe(this, imprint.Tenant, imprint.Key), row);
        return row;
    }

    private long BodyOf(EntityImprint imprint)
    {
        _writer.Start().Utf8(imprint.Key);
        _writer.Bytes(imprint.Json);
        return _heap.Add(_writer.Written);
    }

    private void AddEntry(int row, int index, byte[] value)
    {
        var entry = _entries.Add();
        ref var added = ref _entries[entry];
        (added.Value, added.Entity, added.Index, added.Next) = (_heap.Add(value), row, index, _rows[row].Entries);
        _rows[row].Entries = entry;
        _orders[index].Add(entry);
    }

    private void RemoveEntries(int row)
    {
        for (var entry = _rows[row].Entries; entry != 0;)
        {
            var next = _entries[entry].Next;
            _orders[_entries[entry].Index].Remove(entry);
            _heap.Free(_entries[entry].Value);
            _entries.Remove(entry);
            entry = next;
        }

        _rows[row].Entries = 0;
    }

    private readonly ref struct Key(EntityRows rows, int tenant, ReadOnlySpan<byte> key) : IRowKey
    {
        private readonly ReadOnlySpan<byte> _key = key;

        public bool Is(int row) => rows._rows[row].Tenant == tenant && rows.KeyOf(row).SequenceEqual(_key);
    }

    private readonly ref struct KeyProbe(EntityRows rows, int tenant, ReadOnlySpan<byte> key) : IRowProbe
    {
        private readonly ReadOnlySpan<byte> _key = key;

        public int CompareTo(int row)
        {
            var order = tenant.CompareTo(rows._rows[row].Tenant);
            return order != 0 ? order : _key.SequenceCompareTo(rows.KeyOf(row));
        }
    }
}
