using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Callers' keys until their windows end, by a hash of tenant and key so wide that equal means the same. Not thread safe.</summary>
internal sealed class IdempotencyKeys(KeyHash hash, TenantTable tenants, SlabHeap records, RecordWriter writer)
{
    private readonly RowTable<IdempotencyRow> _rows = new();
    private readonly RowIndex _index = new();
    private readonly PriorityQueue<int, long> _ending = new();

    /// <summary>By row, where tenant and key stand as text, for a store that this one is moved to; 0 when the first format kept none.</summary>
    private readonly List<long> _texts = [];

    public int Count => _rows.Count;

    /// <summary>Forgets the keys whose window has ended.</summary>
    public void Evict(long now)
    {
        while (_ending.TryPeek(out var row, out var until) && until <= now)
        {
            _ending.Dequeue();
            _index.Remove((uint)_rows[row].Hash, row);
            _rows.Remove(row);
            records.Free(_texts[row]);
            _texts[row] = 0;
        }
    }

    /// <summary>Lists the keys, and what is known of them.</summary>
    public IEnumerable<(string? Tenant, string? Key, IdempotencyRow Row)> All()
    {
        for (var row = 1; row < _rows.End; row++)
        {
            if (_rows[row].KeepUntil != 0)
            {
                yield return Read(row);
            }
        }
    }

    /// <summary>Returns what the key was used for; 0 when it is free.</summary>
    public int Find(TenantId tenant, string key) => tenants.Find(tenant) is var number && number > 0 ? Find(HashOf(number, key)) : 0;

    public ref readonly IdempotencyRow this[int row] => ref _rows[row];

    public void Add(int tenant, IdempotencyClaim claim, MessageId message, long now)
    {
        if (claim.KeepUntil.UtcTicks <= now)
        {
            return;
        }

        var row = _rows.Add();
        ref var added = ref _rows[row];
        (added.Hash, added.Fingerprint, added.Message, added.KeepUntil) =
            (HashOf(tenant, claim.Key), claim.Fingerprint, message.Value, claim.KeepUntil.UtcTicks);
        _index.Add((uint)added.Hash, row);
        _ending.Enqueue(row, added.KeepUntil);
        FitTexts();
        writer.Start().Int32(tenant);
        writer.Text(claim.Key);
        _texts[row] = records.Add(writer.Written);
    }

    public Action<BinaryWriter> Freeze()
    {
        var texts = _texts.ToArray();
        return _rows.Freeze().Write + (Action<BinaryWriter>)(target => target.WriteRaw<long>(texts));
    }

    public void Load(BinaryReader reader, int version)
    {
        _rows.Load(reader);
        if (version >= ImageLayout.WithKeyTexts)
        {
            _texts.AddRange(reader.ReadRaw<long>());
        }

        FitTexts();
        for (var row = 1; row < _rows.End; row++)
        {
            if (_rows[row] is { KeepUntil: not 0 } kept)
            {
                _index.Add((uint)kept.Hash, row);
                _ending.Enqueue(row, kept.KeepUntil);
            }
        }
    }

    /// <summary>Says that nothing needs the rows as they were frozen any more.</summary>
    public void Thaw() => _rows.Thaw();

    private (string? Tenant, string? Key, IdempotencyRow Row) Read(int row)
    {
        if (_texts[row] == 0)
        {
            return (null, null, _rows[row]);
        }

        var reader = new RecordReader(records.Read(_texts[row]));
        return (tenants[reader.Int32()].Value, reader.Text(), _rows[row]);
    }

    private void FitTexts()
    {
        while (_texts.Count < _rows.End)
        {
            _texts.Add(0);
        }
    }

    private UInt128 HashOf(int tenant, string key)
    {
        Span<byte> buffer = stackalloc byte[256];
        var utf8 = Encoding.UTF8.TryGetBytes(key, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(key);
        return hash.Of(utf8, (ulong)tenant);
    }

    private int Find(UInt128 key) => _index.Find((uint)key, new Key(_rows, key));

    private readonly struct Key(RowTable<IdempotencyRow> rows, UInt128 hash) : IRowKey
    {
        public bool Is(int row) => rows[row].Hash == hash;
    }
}
