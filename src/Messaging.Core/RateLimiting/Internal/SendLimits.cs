using System.Threading.RateLimiting;
using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.RateLimiting;

/// <summary>Asks limits for many messages at once. Who gets no permit gets a moment at which to ask again.</summary>
internal sealed class SendLimits(LimitPolicy policy, HostLimiters limiters, IRateLimitStore store, SlotPlanner slots)
{
    private static readonly TimeSpan s_shortWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_spread = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes a ticket; <see langword="null"/> when nothing limits the message.</summary>
    public LimitTicket? TicketFor(
        TenantId tenant, ChannelAccount account, ChannelCapabilities capabilities, Address recipient, MessagePriority lane, bool woke, DateTimeOffset now)
    {
        var set = policy.Find(tenant, account, capabilities, now);
        var limiter = limiters.Find(account.Name);
        return set is null && limiter is null ? null : new LimitTicket
        {
            Tenant = tenant,
            Lane = lane,
            Set = set,
            Charge = set?.ChargeFor(recipient),
            Limiter = limiter,
            Account = account.Name,
            Woke = woke,
        };
    }

    /// <summary>Decides every ticket, in order: an earlier one goes first.</summary>
    public async ValueTask AcquireAsync(IReadOnlyList<LimitTicket> tickets, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<RateCharge> charges = new(tickets.Count);
        foreach (var ticket in tickets)
        {
            AskInAdvance(ticket, now);
            if (ticket is { Refusal: null, Charge: { } charge })
            {
                charges.Add(charge);
            }
        }

        var decisions = charges.Count == 0 ? [] : await store.AcquireAsync(charges, cancellationToken).ConfigureAwait(false);
        var next = 0;
        foreach (var ticket in tickets)
        {
            if (ticket.Refusal is null)
            {
                Decide(ticket, ticket.Charge is null ? null : decisions[next++], now);
            }
        }
    }

    private void Decide(LimitTicket ticket, RateDecision? decision, DateTimeOffset now)
    {
        if (decision is { Granted: false } refused)
        {
            ticket.Refusal = Refuse(ticket, refused, now);
            return;
        }

        if (ticket is { Woke: true, Charge.Buckets: { } buckets })
        {
            foreach (var bucket in buckets)
            {
                slots.Woke(bucket.Key, ticket.Tenant, ticket.Lane, now);
            }
        }

        Ask(ticket, now);
    }

    private Why Refuse(LimitTicket ticket, RateDecision decision, DateTimeOffset now)
    {
        var bucket = ticket.Charge!.Buckets[decision.LimitedBy];
        var type = ticket.Set!.TypeOf(decision.LimitedBy);
        var (retryAt, interval) = type == LimitType.AccountDay
            ? (new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero), s_spread)
            : (decision.RetryAt, bucket.Limit.Period / bucket.Limit.Permits);
        var until = slots.Next(bucket.Key, ticket.Tenant, ticket.Lane, ticket.Woke, retryAt, interval, now);
        return LimitTexts.Refusal(type, ticket.Account, bucket.Limit, until);
    }

    /// <summary>A limiter that has nothing left is not asked at the cost of the store's permits.</summary>
    private void AskInAdvance(LimitTicket ticket, DateTimeOffset now)
    {
        if (ticket.Limiter is { } limiter && ticket.Charge is not null)
        {
            using var probe = limiter.AttemptAcquire(0);
            ticket.Refusal = probe.IsAcquired ? null : Refuse(ticket, probe, now);
        }
    }

    private void Ask(LimitTicket ticket, DateTimeOffset now)
    {
        if (ticket.Limiter is not { } limiter)
        {
            return;
        }

        var lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            ticket.Lease = lease;
            return;
        }

        ticket.Refusal = Refuse(ticket, lease, now);
        lease.Dispose();
    }

    private Why Refuse(LimitTicket ticket, RateLimitLease lease, DateTimeOffset now)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) && retryAfter > TimeSpan.Zero ? retryAfter : s_shortWait;
        var until = slots.Next($"h:{ticket.Account}", ticket.Tenant, ticket.Lane, ticket.Woke, now + wait, s_spread, now);
        return LimitTexts.HostRefusal(ticket.Account, until);
    }
}
