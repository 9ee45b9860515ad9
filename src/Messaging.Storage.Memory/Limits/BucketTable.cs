using Messaging.Channels;

namespace Messaging.Storage.Memory;

/// <summary>The buckets that are not full. Of each only the theoretical arrival time of the next permit is kept, in ticks.</summary>
internal sealed class BucketTable
{
    private readonly Dictionary<string, long> _arrivals = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _full = new();

    public int Count => _arrivals.Count;

    /// <summary>Forgets the buckets that have filled up. Each stands in the queue once, under the moment at which it was to be full.</summary>
    public void EvictFull(long now)
    {
        while (_full.TryPeek(out var key, out var full) && full <= now)
        {
            var arrival = _arrivals[key];
            if (arrival > now)
            {
                _full.DequeueEnqueue(key, arrival);
            }
            else
            {
                _full.Dequeue();
                _arrivals.Remove(key);
            }
        }
    }

    public RateDecision Acquire(RateCharge charge, long now)
    {
        var (retryAt, limitedBy) = (now, -1);
        for (var i = 0; i < charge.Buckets.Count; i++)
        {
            if (GrantsAt(charge, i, now) is var at && at > retryAt)
            {
                (retryAt, limitedBy) = (at, i);
            }
        }

        if (limitedBy < 0)
        {
            foreach (var bucket in charge.Buckets)
            {
                Take(bucket, now);
            }
        }

        return new RateDecision(limitedBy < 0, new DateTimeOffset(retryAt, TimeSpan.Zero), limitedBy);
    }

    /// <summary>The time between two permits, rounded up so that the limit is never exceeded.</summary>
    private static long Interval(RateLimit limit) => (limit.Period.Ticks + limit.Permits - 1) / limit.Permits;

    private static bool Repeats(RateCharge charge, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (charge.Buckets[i].Key == charge.Buckets[index].Key)
            {
                return true;
            }
        }

        return false;
    }

    private long GrantsAt(RateCharge charge, int index, long now)
    {
        var (key, limit) = charge.Buckets[index];
        if (Repeats(charge, index))
        {
            throw new ArgumentException("A charge names one bucket twice. Take one permit of it, or make two charges.", nameof(charge));
        }

        return Arrival(key, limit, now) - (Interval(limit) * (limit.Burst - 1L));
    }

    /// <summary>An empty bucket owes no more than its burst, also after its limit was widened.</summary>
    private long Arrival(string key, RateLimit limit, long now) =>
        _arrivals.TryGetValue(key, out var arrival) ? Math.Min(arrival, now + (Interval(limit) * limit.Burst)) : now;

    private void Take(RateBucket bucket, long now)
    {
        var arrival = Math.Max(now, Arrival(bucket.Key, bucket.Limit, now)) + Interval(bucket.Limit);
        if (_arrivals.TryAdd(bucket.Key, arrival))
        {
            _full.Enqueue(bucket.Key, arrival);
        }
        else
        {
            _arrivals[bucket.Key] = arrival;
        }
    }
}
