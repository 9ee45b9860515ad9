using Messaging.Channels;
using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Store;

/// <summary>The buckets that a call names. Of each the theoretical arrival time of the next permit is kept, in ticks.</summary>
internal sealed class EfBuckets(Dictionary<string, BucketRow> rows, long now)
{
    /// <summary>Takes a permit of each bucket, or of none.</summary>
    public RateDecision Acquire(RateCharge charge)
    {
        var (retryAt, limitedBy) = (now, -1);
        for (var i = 0; i < charge.Buckets.Count; i++)
        {
            var (key, limit) = charge.Buckets[i];
            if (Arrival(key, limit) - (Interval(limit) * (limit.Burst - 1L)) is var at && at > retryAt)
            {
                (retryAt, limitedBy) = (at, i);
            }
        }

        if (limitedBy < 0)
        {
            foreach (var (key, limit) in charge.Buckets)
            {
                rows[key].Arrival = Math.Max(now, Arrival(key, limit)) + Interval(limit);
            }
        }

        return new RateDecision(limitedBy < 0, new DateTimeOffset(retryAt, TimeSpan.Zero), limitedBy);
    }

    /// <summary>The time between two permits, rounded up so that the limit is never exceeded.</summary>
    private static long Interval(RateLimit limit) => (limit.Period.Ticks + limit.Permits - 1) / limit.Permits;

    /// <summary>An empty bucket owes no more than its burst, also after its limit was widened.</summary>
    private long Arrival(string key, RateLimit limit) =>
        rows[key].Arrival is var arrival && arrival > now ? Math.Min(arrival, now + (Interval(limit) * limit.Burst)) : now;
}
