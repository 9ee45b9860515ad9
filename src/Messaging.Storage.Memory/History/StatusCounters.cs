namespace Messaging.Storage.Memory;

/// <summary>Counts deliveries by where they stand, as that changes: no question needs a scan. Not thread safe.</summary>
internal sealed class StatusCounters(RowTable<TenantRow> tenants)
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

    /// <summary>Begins to count a message on its own.</summary>
    public void Open(int message) => _ofMessages.Add(message, []);

    public void Close(int message) => _ofMessages.Remove(message);

    public void CountOf(int message, int bucket, int status, int by)
    {
        var counts = _ofMessages[message];
        ref var cell = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, bucket, out _);
        cell[status] += by;
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

    private int Open(BucketKey key)
    {
        var number = _buckets.Add();
        ref var bucket = ref _buckets[number];
        (bucket.Tenant, bucket.Kind, bucket.Account, bucket.Hour) = (key.Tenant, key.Kind, key.Account, key.Hour);
        ref var tenant = ref tenants[key.Tenant];
        bucket.Earlier = tenant.Buckets;
        tenant.Buckets = number;
        _numbers.Add(key, number);
        return number;
    }

    private readonly record struct BucketKey(int Tenant, int Kind, int Account, long Hour);
}
