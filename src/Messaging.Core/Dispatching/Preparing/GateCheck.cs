using Messaging.Gates;
using Messaging.Sending;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Asks the gates again before sending: those that must always be asked for all, the others for what waited. Not thread safe: one per dispatcher.</summary>
internal sealed class GateCheck(IGatePipeline gates, IPayloadFacts facts)
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMinutes(1);
    private readonly List<GateCandidate> _fresh = [];
    private readonly List<GateCandidate> _waited = [];
    private readonly List<GateCandidate> _all = [];

    /// <summary>Asks about a batch.</summary>
    /// <returns>One candidate for each delivery, in order, with the verdict; valid until the next call.</returns>
    public async ValueTask<IReadOnlyList<GateCandidate>> AskAsync(IReadOnlyList<Attempt> attempts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _fresh.Clear();
        _waited.Clear();
        _all.Clear();
        for (var i = 0; i < attempts.Count; i++)
        {
            var record = attempts[i].Record;
            var waited = now - record.Delivery.AcceptedAt > s_wait || IsNewStep(record);
            var candidate = Candidate(record, waited);
            _all.Add(candidate);
            (waited ? _waited : _fresh).Add(candidate);
        }

        if (_fresh.Count > 0)
        {
            await gates.RecheckAsync(new GateBatch(_fresh, now), waited: false, cancellationToken).ConfigureAwait(false);
        }

        if (_waited.Count > 0)
        {
            await gates.RecheckAsync(new GateBatch(_waited, now), waited: true, cancellationToken).ConfigureAwait(false);
        }

        return _all;
    }

    /// <summary>A later step of a route comes into being without having been asked about.</summary>
    private static bool IsNewStep(DeliveryRecord record) => record is { Delivery: { PlanId: not null, PlanStep: > 0 }, State.Attempts: 0 };

    private GateCandidate Candidate(DeliveryRecord record, bool waited) => new()
    {
        Tenant = record.Delivery.Tenant,
        DeliveryId = record.Delivery.Id,
        Address = record.Delivery.Address,
        ContactId = record.Delivery.ContactId,
        Channel = record.Delivery.Channel,
        Template = record.Message.Template,
        Category = record.Message.Category,
        Priority = record.Delivery.Priority,
        TimeZone = waited ? facts.TimeZoneOf(record) : null,
        Counted = record.State.Attempts > 0 || record.State.Why?.Code is WhyCodes.RateLimited or WhyCodes.BreakerOpen or WhyCodes.AccountMissing or WhyCodes.AccountInvalid,
    };
}
