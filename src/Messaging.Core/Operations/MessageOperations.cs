using Messaging.History;
using Messaging.Routing;
using Messaging.Storage;

namespace Messaging.Operations;

/// <inheritdoc cref="IMessageOperations"/>
internal sealed class MessageOperations(
    DeliverySweep sweep, PlanSweep plans, PauseOperations pauses, IMessageReader reader, IMessageStore store, TimeProvider time) : IMessageOperations
{
    /// <summary>What can still be withdrawn.</summary>
    private static readonly DeliveryStatus[] Open = [DeliveryStatus.Scheduled, DeliveryStatus.Queued, DeliveryStatus.Sending, DeliveryStatus.Unconfirmed];

    private static readonly Why Canceled = new(WhyCodes.Canceled, "An operator withdrew it.");
    private static readonly Why Retried = new(WhyCodes.Retry, "An operator asked to try again.");

    public async Task<long> CancelAsync(TenantId tenant, MessageId id, CancellationToken cancellationToken = default)
    {
        var query = new DeliveryQuery { Tenant = tenant, MessageId = id, Statuses = Open };
        QueryCheck.ThrowIfInvalid(query);
        await plans.CancelAsync(tenant, DeliveryPlan.ByMessage, id.ToString(), cancellationToken).ConfigureAwait(false);
        return await CancelAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> CancelAsync(TenantId tenant, string reference, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        var query = new DeliveryQuery { Tenant = tenant, Reference = reference, Statuses = Open };
        QueryCheck.ThrowIfInvalid(query);
        await plans.CancelAsync(tenant, DeliveryPlan.ByReference, reference, cancellationToken).ConfigureAwait(false);
        return await CancelAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<bool> RetryAsync(TenantId tenant, DeliveryId id, CancellationToken cancellationToken = default)
    {
        var record = await reader.GetDeliveryAsync(tenant, id, cancellationToken).ConfigureAwait(false);
        DeliveryCommandType? type = record?.State.Work switch
        {
            WorkState.Waiting or WorkState.Parked => DeliveryCommandType.MakeDue,
            WorkState.Done => DeliveryCommandType.Redrive,
            _ => null,
        };
        if (type is null)
        {
            return false;
        }

        var change = new Change { Commands = [new(type.Value, tenant, id, time.GetUtcNow(), Retried)] };
        var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
        return results[0].Status == ChangeStatus.Applied;
    }

    public async Task<Page<DeliverySummary>> DeadLettersAsync(DeliveryQuery query, CancellationToken cancellationToken = default)
    {
        QueryCheck.ThrowIfInvalid(query);
        return await reader.QueryAsync(query with { DeadLetters = true }, cancellationToken).ConfigureAwait(false);
    }

    public Task<long> RedriveAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        SweepDeadAsync(query, DeliveryCommandType.Redrive, Retried, cancellationToken);

    public Task<long> PurgeAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        SweepDeadAsync(query, DeliveryCommandType.Purge, why: null, cancellationToken);

    public Task PauseAsync(PauseScope scope, string reason, CancellationToken cancellationToken = default) =>
        pauses.PauseAsync(scope, reason, cancellationToken);

    public Task<bool> ResumeAsync(PauseScope scope, CancellationToken cancellationToken = default) => pauses.ResumeAsync(scope, cancellationToken);

    public Task<IReadOnlyList<Pause>> PausesAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        pauses.ListAsync(tenant, cancellationToken);

    /// <summary>After the plans: a step that starts meanwhile would get away.</summary>
    private Task<long> CancelAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        sweep.RunAsync(query, Command(DeliveryCommandType.Cancel, Canceled), cancellationToken);

    private Task<long> SweepDeadAsync(DeliveryQuery query, DeliveryCommandType type, Why? why, CancellationToken cancellationToken)
    {
        QueryCheck.ThrowIfInvalid(query);
        return sweep.RunAsync(query with { DeadLetters = true }, Command(type, why), cancellationToken);
    }

    private Func<DeliverySummary, DeliveryCommand> Command(DeliveryCommandType type, Why? why) =>
        delivery => new DeliveryCommand(type, delivery.Tenant, delivery.Id, time.GetUtcNow(), why);
}
