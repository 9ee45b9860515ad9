using System.Diagnostics;
using System.Diagnostics.Metrics;
using Messaging.Channels;
using Messaging.Dispatching;
using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Diagnostics;

/// <summary>The suite's one <see cref="ActivitySource"/> and one <see cref="Meter"/>, both named <c>Messaging</c>. Costs next to nothing while nobody listens; holds no address and no content.</summary>
internal sealed class MessagingTelemetry : IDisposable
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Messaging";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _settled;
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _claims;
    private readonly Counter<long> _stale;
    private readonly Counter<long> _events;
    private readonly Counter<long> _breakers;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<double> _duration;

    public MessagingTelemetry(IServiceProvider services)
    {
        _meter = services.GetService<IMeterFactory>()?.Create(Name) ?? new Meter(Name);
        _accepted = _meter.CreateCounter<long>("messaging.accepted", "{delivery}", "Deliveries accepted.");
        _attempts = _meter.CreateCounter<long>("messaging.attempts", "{call}", "Provider calls, by how they ended.");
        _settled = _meter.CreateCounter<long>("messaging.settled", "{delivery}", "Deliveries whose work ended, by status.");
        _throttled = _meter.CreateCounter<long>("messaging.throttled", "{delivery}", "Deliveries that were put off, by reason.");
        _claims = _meter.CreateCounter<long>("messaging.claims", "{item}", "Pieces of work claimed, by kind.");
        _stale = _meter.CreateCounter<long>("messaging.settles.stale", "{item}", "Settlements refused because the lease was lost.");
        _events = _meter.CreateCounter<long>("messaging.events", "{event}", "Provider reports, by type and by what became of them.");
        _breakers = _meter.CreateCounter<long>("messaging.breaker.changes", "{change}", "Breakers that opened or closed.");
        _queueWait = _meter.CreateHistogram<double>("messaging.queue.wait", "s", "From the moment a delivery may go to its first provider call.");
        _duration = _meter.CreateHistogram<double>("messaging.attempt.duration", "s", "How long provider calls take.");
        if (services.GetService<IWorkQueue>() is { } queue)
        {
            _ = new QueueGauges(_meter, queue, services.GetRequiredService<TimeProvider>());
        }
    }

    /// <summary>Starts the span of a provider call, linked to whoever accepted the message; <see langword="null"/> when nobody listens.</summary>
    public Activity? StartAttempt(string? traceParent, DeliveryRecord record, ChannelAccount account)
    {
        ActivityLink[] links = ActivityContext.TryParse(traceParent, null, isRemote: true, out var caller) ? [new(caller)] : [];
        return _source.StartActivity("messaging.attempt", ActivityKind.Producer, caller, links: links)
            ?.SetTag("messaging.message.id", record.Message.Id.ToString())
            .SetTag("messaging.delivery.id", record.Delivery.Id.ToString())
            .SetTag("messaging.kind", account.Kind)
            .SetTag("messaging.account", account.Name)
            .SetTag("messaging.tenant", record.Delivery.Tenant.Value);
    }

    /// <summary>Gets a value indicating whether somebody listens for spans.</summary>
    public bool IsTracing => _source.HasListeners();

    /// <summary>Starts the span of a request being accepted; <see langword="null"/> when nobody listens.</summary>
    public Activity? StartAccept(TenantId tenant) =>
        _source.StartActivity("messaging.accept", ActivityKind.Internal)?.SetTag("messaging.tenant", tenant.Value);

    /// <summary>Gets a value indicating whether somebody counts accepted deliveries.</summary>
    public bool CountsAccepted => _accepted.Enabled;

    /// <summary>Counts accepted deliveries.</summary>
    public void Accepted(string kind, SendStatus status, long count = 1)
    {
        if (_accepted.Enabled)
        {
            _accepted.Add(count, new KeyValuePair<string, object?>("kind", kind), new("status", status.ToString()));
        }
    }

    /// <summary>Counts a provider call.</summary>
    public void Attempted(ChannelAccount account, string outcome, TimeSpan elapsed)
    {
        if (_attempts.Enabled)
        {
            _attempts.Add(1, new KeyValuePair<string, object?>("kind", account.Kind), new("account", account.Name), new("outcome", outcome));
        }

        if (_duration.Enabled)
        {
            _duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("kind", account.Kind), new("account", account.Name));
        }
    }

    /// <summary>Notes how long a delivery waited for its first call.</summary>
    public void Waited(string kind, MessagePriority lane, TimeSpan wait)
    {
        if (_queueWait.Enabled)
        {
            _queueWait.Record(Math.Max(0, wait.TotalSeconds), new KeyValuePair<string, object?>("kind", kind), new("lane", lane.ToString()));
        }
    }

    /// <summary>Counts a delivery whose work ended.</summary>
    public void Settled(string kind, DeliveryStatus status)
    {
        if (_settled.Enabled)
        {
            _settled.Add(1, new KeyValuePair<string, object?>("kind", kind), new("status", status.ToString()));
        }
    }

    /// <summary>Gets a value indicating whether somebody counts settled deliveries.</summary>
    public bool CountsSettled => _settled.Enabled;

    /// <summary>Counts a delivery that was put off.</summary>
    public void PutOff(string kind, string reason)
    {
        if (_throttled.Enabled)
        {
            _throttled.Add(1, new KeyValuePair<string, object?>("kind", kind), new("reason", reason));
        }
    }

    /// <summary>Counts claimed work.</summary>
    public void Claimed(WorkKind kind, int count)
    {
        if (_claims.Enabled && count > 0)
        {
            _claims.Add(count, new KeyValuePair<string, object?>("work", kind.ToString()));
        }
    }

    /// <summary>Counts a settlement under a lost lease.</summary>
    public void Stale() => _stale.Add(1);

    /// <summary>Counts a provider's report.</summary>
    public void Reported(MessageEventType type, string outcome)
    {
        if (_events.Enabled)
        {
            _events.Add(1, new KeyValuePair<string, object?>("type", type.ToString()), new("outcome", outcome));
        }
    }

    /// <summary>Notes that a breaker opened or closed.</summary>
    public void BreakerChanged(AccountKey account, BreakerStatus status)
    {
        if (_breakers.Enabled)
        {
            _breakers.Add(1, new KeyValuePair<string, object?>("account", account.ToString()), new("status", status.ToString()));
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
