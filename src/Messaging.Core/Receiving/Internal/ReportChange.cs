using Messaging.Dispatching;
using Messaging.Routing;
using Messaging.Storage;

namespace Messaging.Receiving;

/// <summary>Makes the change that stores a report, with what belongs to it: the word to the host, the next look at its route, and the release of what waited for it.</summary>
internal sealed class ReportChange(HostEvents host, IEntityStore entities, IdGenerator ids)
{
    /// <summary>Makes the change of a report that found its delivery.</summary>
    public async ValueTask<Change> CreateAsync(ProviderEvent report, DeliveryRecord record, DateTimeOffset receivedAt, bool quarantined, CancellationToken cancellationToken)
    {
        var stored = new StoredEvent
        {
            Key = KeyOf(report),
            Tenant = record.Delivery.Tenant,
            DeliveryId = record.Delivery.Id,
            Type = report.Type,
            OccurredAt = report.OccurredAt,
            ReceivedAt = receivedAt,
            Account = report.Account,
            ProviderCode = report.ProviderCode,
            ProviderText = report.ProviderText,
            Quarantined = quarantined,
        };
        return quarantined
            ? new Change { Events = [stored] }
            : new Change
            {
                Events = [stored],
                Enqueues = Enqueues(report, record, stored),
                Releases = Releases(report, record),
                Entities = await TouchPlanAsync(report, record, cancellationToken).ConfigureAwait(false),
            };
    }

    /// <summary>
    /// Moves the version of the plan on with the report: a step that a timer decided to start before it was known, and commits after, is then
    /// decided anew.
    /// </summary>
    private async ValueTask<IReadOnlyList<EntityChange>> TouchPlanAsync(ProviderEvent report, DeliveryRecord record, CancellationToken cancellationToken) =>
        record.Delivery.PlanId is { } id && MovesPlan(report.Type)
            && await entities.GetAsync<DeliveryPlan>(record.Delivery.Tenant, DeliveryPlan.KeyOf(id), cancellationToken).ConfigureAwait(false) is { Value.IsOpen: true } plan
            ? [EntityChange.Put(plan.Value, plan.Version)]
            : [];

    /// <summary>What a report is unique by: who owns the account, its name, and the provider's key.</summary>
    public static string KeyOf(ProviderEvent report) => $"{report.Tenant?.Value ?? EntitySchema.SharedTenant.Value}|{report.Account}|{report.Key}";

    private List<WorkItem> Enqueues(ProviderEvent report, DeliveryRecord record, StoredEvent stored)
    {
        List<WorkItem> items = [];
        if (record.Delivery.PlanId is { } plan && MovesPlan(report.Type))
        {
            items.Add(RouteCheckWork.Create(ids, record.Delivery.Tenant, plan, record.Delivery.Priority, stored.ReceivedAt));
        }

        if (host.Enabled)
        {
            items.Add(host.Create(record, Word(report, record, stored)));
        }

        return items;
    }

    /// <summary>What was held because nobody knew its outcome is looked at again, and ends.</summary>
    private static IReadOnlyList<Release> Releases(ProviderEvent report, DeliveryRecord record) =>
        record.State is { Work: WorkState.Parked, Why.Code: WhyCodes.Unconfirmed } && MovesPlan(report.Type)
            ? [new Release(AttemptJudge.UnconfirmedKey(record.Delivery.Id))]
            : [];

    private static HostEventWork Word(ProviderEvent report, DeliveryRecord record, StoredEvent stored)
    {
        var state = record.State;
        var evidence = state.Evidence.With(report.Type, report.OccurredAt, state.Generation);
        return new HostEventWork
        {
            Id = stored.Key,
            Delivery = record.Delivery.Id.Value,
            Type = report.Type,
            Status = DeliveryStatusProjection.Project(state.Work, state.TotalAttempts, evidence, state.Generation),
            At = report.OccurredAt,
            Account = report.Account,
            Why = report.ProviderText is { } text && IsBad(report.Type) ? new Why(WhyCodes.Rejected, text) : null,
            ProviderCode = report.ProviderCode,
        };
    }

    /// <summary>Arrivals and failures do; opens, clicks and opt-outs do not.</summary>
    private static bool MovesPlan(MessageEventType type) =>
        type is >= MessageEventType.Submitted and <= MessageEventType.Dead or MessageEventType.Replied;

    private static bool IsBad(MessageEventType type) => type is >= MessageEventType.Rejected and <= MessageEventType.Expired;
}
