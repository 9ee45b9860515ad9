using System.Collections.Concurrent;
using Messaging.Channels;
using Messaging.RateLimiting;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>One <see cref="Lane"/> for each account, and one for all other work: a provider that hangs holds up nobody else.</summary>
internal sealed class AccountLanes
{
    /// <summary>What an account may have queued here, however slow it is, so that its callers never run dry.</summary>
    private const int Depth = 4;

    private const int MaxLanes = 5_000;
    private static readonly TimeSpan s_longestQueue = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_stuck = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_leastInterval = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentDictionary<AccountKey, Lane> _lanes = new();
    private readonly Lane _others;
    private readonly Func<HeldWork, ValueTask<bool>> _run;
    private readonly IOptionsMonitor<DispatcherOptions> _options;
    private readonly IOptionsMonitor<AccountOptions> _accounts;
    private readonly SlotPlanner _slots;
    private readonly TimeProvider _time;

    /// <summary>Initializes lanes.</summary>
    /// <param name="run">Does a piece of work; <see langword="false"/> when its place was given to another one meanwhile.</param>
    /// <param name="options">The dispatcher's options.</param>
    /// <param name="accounts">The accounts' options.</param>
    /// <param name="slots">Gives moments to what is put off.</param>
    /// <param name="time">The clock.</param>
    public AccountLanes(
        Func<HeldWork, ValueTask<bool>> run, IOptionsMonitor<DispatcherOptions> options, IOptionsMonitor<AccountOptions> accounts, SlotPlanner slots, TimeProvider time)
    {
        (_run, _options, _accounts, _slots, _time) = (run, options, accounts, slots, time);
        _others = new Lane(options.CurrentValue.Concurrency, run, time);
    }

    /// <summary>Queues attempts, each with its account.</summary>
    public void Enqueue(List<Attempt> attempts)
    {
        for (int i = 0, first = 0; i < attempts.Count; i++)
        {
            if (i + 1 == attempts.Count || !ReferenceEquals(attempts[i + 1].Account, attempts[first].Account))
            {
                Of(attempts[first].Account).Enqueue(attempts, first, i + 1 - first);
                first = i + 1;
            }
        }
    }

    /// <summary>Queues work that is not a delivery.</summary>
    public void Enqueue(List<HeldWork> works)
    {
        if (works.Count > 0)
        {
            _others.Enqueue(works, 0, works.Count);
        }
    }

    /// <summary>Says until when a delivery had better wait in the store, because its account has more than enough to do.</summary>
    /// <returns><see langword="null"/> when it may queue up here.</returns>
    public DateTimeOffset? PutOff(Attempt attempt, DateTimeOffset now)
    {
        if (attempt.Lane == MessagePriority.Critical || !_lanes.TryGetValue(AccountKey.Of(attempt.Account), out var lane))
        {
            return null;
        }

        var load = lane.Measure(attempt.Tenant, attempt.Lane);
        return load.Wait > s_longestQueue && load.IsFullFor(Depth * ConcurrencyOf(attempt.Account)) ? Slot(attempt, now + load.Wait, load.Interval, now) : null;
    }

    /// <summary>Takes back what is queued behind calls that hang.</summary>
    /// <returns>The work, and until when it waits.</returns>
    public IEnumerable<(Attempt Attempt, DateTimeOffset Until)> TakeStuck(DateTimeOffset now)
    {
        foreach (var (_, lane) in _lanes)
        {
            foreach (var held in lane.TakeStuck(s_stuck))
            {
                yield return ((Attempt)held, Slot((Attempt)held, now + s_stuck, s_leastInterval, now));
            }
        }
    }

    /// <summary>Takes back what slow accounts have queued beyond what keeps their callers busy: others need its place.</summary>
    /// <returns>The work, and until when it waits.</returns>
    public IEnumerable<(Attempt Attempt, DateTimeOffset Until)> TakeExcess(DateTimeOffset now)
    {
        foreach (var (_, lane) in _lanes)
        {
            foreach (var held in lane.TakeExcess(s_longestQueue, Depth * lane.Most))
            {
                yield return ((Attempt)held, Slot((Attempt)held, now + s_longestQueue, lane.Interval, now));
            }
        }
    }

    /// <summary>Frees the place of a call that does not come back.</summary>
    public void GiveUp(HeldWork held)
    {
        if (held is not Attempt attempt)
        {
            _others.GiveUp();
        }
        else if (_lanes.TryGetValue(AccountKey.Of(attempt.Account), out var lane))
        {
            lane.GiveUp();
        }
    }

    private Lane Of(ChannelAccount account)
    {
        var key = AccountKey.Of(account);
        if (_lanes.TryGetValue(key, out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= MaxLanes)
        {
            Sweep();
        }

        return _lanes.GetOrAdd(key, _ => new Lane(ConcurrencyOf(account), _run, _time));
    }

    private void Sweep()
    {
        foreach (var (key, lane) in _lanes)
        {
            if (lane.IsIdle)
            {
                _lanes.TryRemove(key, out _);
            }
        }
    }

    private int ConcurrencyOf(ChannelAccount account) => _accounts.Get(account.Name).Concurrency ?? _options.CurrentValue.Concurrency;

    private DateTimeOffset Slot(Attempt attempt, DateTimeOffset retryAt, TimeSpan interval, DateTimeOffset now) => _slots.Next(
        $"lane:{AccountKey.Of(attempt.Account)}",
        attempt.Record.Delivery.Tenant,
        attempt.Lane,
        attempt.Record.State.Why?.Code == WhyCodes.RateLimited,
        retryAt,
        interval > s_leastInterval ? interval : s_leastInterval,
        now);
}
