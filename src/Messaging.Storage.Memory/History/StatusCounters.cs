using System.Runtime.InteropServices;

namespace Messaging.Storage.Memory;

/// <summary>Counts deliveries by where they stand, as that changes: no question needs a scan. Not thread safe.</summary>
internal sealed class StatusCounters(RowTable<TenantRow> tenants, TimeSpan keepFor)
{
    private readonly Dictionary<BucketKey, int> _numbers = [];
    private readonly RowTable<BucketRow> _buckets = new();

    /// <summary>Of messages with many deliveries, the counts by cell.</summary>
    private readonly Dictionary<int, Dictionary<int, StatusCounts>> _ofMessages = [];
    private (BucketKey Key, int Number) _last;

    public ref readonly BucketRow this[int bucket] => ref _buckets[bucket];

    /// <summary>Returns the number of a cell, a new one if need be.</summary>
    public int Find(int tenant, int kind, int account, long acceptedAt)
    {
        var key = new BucketKey(tenant, kind, account, Ticks.ToHour(acceptedAt));
        if (_last.Number != 0 && _last.Key == key)
        {
            return _last.Number;
        }

        if (!_numbers.TryGetValue(key, out var number))
        {
            number = Open(key);
        }

        _last = (key, number);
        return number;
    }

    public void Count(int bucket, int status, int by) => _buckets[bucket].Counts[status] += by;

    /// <summary>Notes that a delivery points to a cell, or no longer does.</summary>
    public void Use(int bucket, int by) => _buckets[bucket].Uses += by;

    /// <summary>Begins to count a message on its own.</summary>
    public void Open(int message) => _ofMessages.Add(message, []);

    public void Close(int message)
    {
        foreach (var bucket in _ofMessages[message].Keys)
        {
            Use(bucket, -1);
        }

        _ofMessages.Remove(message);
    }

    public void CountOf(int message, int bucket, int status, int by)
    {
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofMessages[message], bucket, out var exists);
        counts[status] += by;
        if (!exists)
        {
            Use(bucket, 1);
        }
    }

    /// <summary>Adds up the cells of a tenant.</summary>
    public void Sum(int tenant, StatisticsTally tally)
    {
        for (var bucket = tenants[tenant].Buckets; bucket != 0; bucket = _buckets[bucket].Earlier)
        {
            ref var row = ref _buckets[bucket];
            tally.Add(row, row.Counts);
        }
    }

    /// <summary>Adds up the cells of a message that is counted on its own.</summary>
    public void SumOf(int message, StatisticsTally tally)
    {
        foreach (var (bucket, counts) in _ofMessages[message])
        {
            tally.Add(_buckets[bucket], counts);
        }
    }

    public Action<BinaryWriter> Freeze()
    {
        var ofMessages = _ofMessages.SelectMany(message => message.Value.Select(counts => new MessageCounts(message.Key, counts.Key, counts.Value))).ToArray();
        var opened = _ofMessages.Keys.ToArray();
        return _buckets.Freeze().Write + (Action<BinaryWriter>)(writer =>
        {
            writer.WriteRaw<int>(opened);
            writer.WriteRaw<MessageCounts>(ofMessages);
        });
    }

    public void Thaw() => _buckets.Thaw();

    public void Load(BinaryReader reader)
    {
        _buckets.Load(reader);
        for (var bucket = 1; bucket < _buckets.End; bucket++)
        {
            if (_buckets[bucket] is { Tenant: > 0 } row)
            {
                _numbers.Add(new BucketKey(row.Tenant, row.Kind, row.Account, row.Hour), bucket);
            }
        }

        foreach (var message in reader.ReadRaw<int>())
        {
            Open(message);
        }

        foreach (var counts in reader.ReadRaw<MessageCounts>())
        {
            _ofMessages[counts.Message].Add(counts.Bucket, counts.Counts);
        }
    }

    private int Open(BucketKey key)
    {
        Prune(ref tenants[key.Tenant].Buckets, key.Hour - keepFor.Ticks);
        var number = _buckets.Add();
        ref var bucket = ref _buckets[number];
        (bucket.Tenant, bucket.Kind, bucket.Account, bucket.Hour) = (key.Tenant, key.Kind, key.Account, key.Hour);
        ref var tenant = ref tenants[key.Tenant];
        bucket.Earlier = tenant.Buckets;
        tenant.Buckets = number;
        _numbers.Add(key, number);
        return number;
    }

    /// <summary>Forgets a tenant's cells of long ago that nothing points to.</summary>
    private void Prune(ref int first, long before)
    {
        for (ref var bucket = ref first; bucket != 0;)
        {
            ref var row = ref _buckets[bucket];
            if (row.Hour >= before || row.Uses > 0)
            {
                bucket = ref row.Earlier;
                continue;
            }

            var pruned = bucket;
            bucket = row.Earlier;
            _numbers.Remove(new BucketKey(row.Tenant, row.Kind, row.Account, row.Hour));
            _buckets.Remove(pruned);
            _last = default;
        }
    }

    private readonly record struct MessageCounts(int Message, int Bucket, StatusCounts Counts);

    private readonly record struct BucketKey(int Tenant, int Kind, int Account, long Hour);
}
