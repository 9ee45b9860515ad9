namespace Messaging.RateLimiting;

/// <summary>Gives each throttled message a moment of its own to come back at, so that ten thousand of them do not all wake at once for one permit.</summary>
/// <remarks>
/// <para>
/// A queue is what one tenant has in one lane before one bucket: a tenant's long queue does not put off another's, nor bulk a one-time code.
/// Moments of several queues may coincide; whoever finds the permit gone comes back at the next free moment, ahead of those who never woke.
/// </para>
/// <para>
/// The plan is this process's own and only about waking: who gets a permit is the store's word. When nobody wakes although the plan says so
/// (what waited was cancelled), the plan is dropped. No moment lies more than a quarter of an hour after the next permit, so that a raised
/// limit takes effect.
/// </para>
/// </remarks>
internal sealed class SlotPlanner
{
    private const int MaxQueues = 50_000;
    private static readonly TimeSpan s_furthest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Bucket, TenantId Tenant, MessagePriority Lane), Queue> _queues = [];
    private int _spread;

    /// <summary>Returns the moment at which a message that got no permit comes back.</summary>
    /// <param name="bucket">The bucket that had none.</param>
    /// <param name="tenant">Whose message it is.</param>
    /// <param name="lane">Its lane.</param>
    /// <param name="woke">Whether it had a moment before.</param>
    /// <param name="retryAt">When the bucket gives the next permit.</param>
    /// <param name="interval">The time between two permits.</param>
    /// <param name="now">The instant.</param>
    public DateTimeOffset Next(
        string bucket, TenantId tenant, MessagePriority lane, bool woke, DateTimeOffset retryAt, TimeSpan interval, DateTimeOffset now)
    {
        lock (_gate)
        {
            var queue = Find((bucket, tenant, lane), now);
            if (!woke && now - queue.LastWake > s_grace + (3 * interval))
            {
                queue.End = queue.Ahead = now;
            }

            ref var horizon = ref woke ? ref queue.Ahead : ref queue.End;
            var slot = horizon > retryAt ? horizon : retryAt;
            queue.LastWake = woke ? now : queue.End <= now ? slot : queue.LastWake;
            horizon = slot + interval;
            var first = retryAt > now ? retryAt : now;
            return slot - first > s_furthest ? Far(first) : slot;
        }
    }

    /// <summary>Notes that a message came back at its moment and got its permit.</summary>
    public void Woke(string bucket, TenantId tenant, MessagePriority lane, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_queues.TryGetValue((bucket, tenant, lane), out var queue))
            {
                queue.LastWake = now;
            }
        }
    }

    private DateTimeOffset Far(DateTimeOffset first) => first + (s_furthest / 2) + (s_furthest / 2 * ((++_spread & 1023) / 1024.0));

    private Queue Find((string Bucket, TenantId Tenant, MessagePriority Lane) key, DateTimeOffset now)
    {
        if (!_queues.TryGetValue(key, out var queue))
        {
            if (_queues.Count >= MaxQueues)
            {
                Sweep(now);
            }

            _queues.Add(key, queue = new Queue { End = now, Ahead = now, LastWake = now });
        }

        return queue;
    }

    /// <summary>Forgets the queues that are over; of too many that are not, all: their messages then find their places anew.</summary>
    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, queue) in _queues)
        {
            if (queue.End <= now && queue.Ahead <= now)
            {
                _queues.Remove(key);
            }
        }

        if (_queues.Count >= MaxQueues)
        {
            _queues.Clear();
        }
    }

    private sealed class Queue
    {
        /// <summary>The first free moment behind everybody.</summary>
        public DateTimeOffset End;

        /// <summary>The first free moment for those who woke in vain.</summary>
        public DateTimeOffset Ahead;

        /// <summary>When one of them last came back, or when the first one is to.</summary>
        public DateTimeOffset LastWake;
    }
}
