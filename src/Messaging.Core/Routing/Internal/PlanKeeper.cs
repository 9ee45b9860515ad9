using Messaging.Dispatching;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Routing;

/// <summary>Looks at a plan and makes its next move. Every cause (a deadline, a failure, a report) ends here; the plan's version lets one of them win.</summary>
internal sealed partial class PlanKeeper(
    IMessageStore store, IMessageReader reader, IEntityStore entities, IdGenerator ids, TimeProvider time, ILogger<PlanKeeper> logger) : IWorkHandler
{
    private static readonly Why s_stoodDown = new(WhyCodes.StoodDown, "Another step of the route reached the recipient.");
    private static readonly Why s_takenUp = new("taken_up", "The step that had reached the recipient came back; this one is tried after all.");

    public WorkKind Kind => WorkKind.RouteCheck;

    public async ValueTask<WorkAnswer> HandleAsync(LeasedWork work, CancellationToken cancellationToken)
    {
        if (RouteCheckWork.Read(work.Item!) is not { } id)
        {
            return WorkAnswer.Done;
        }

        while (await entities.GetAsync<DeliveryPlan>(work.Item!.Tenant, DeliveryPlan.KeyOf(id), cancellationToken).ConfigureAwait(false) is { } plan)
        {
            var status = await MoveAsync(plan, work.Lease, cancellationToken).ConfigureAwait(false);
            if (status != ChangeStatus.VersionConflict)
            {
                return WorkAnswer.Settled;
            }
        }

        return WorkAnswer.Done;
    }

    private async ValueTask<ChangeStatus> MoveAsync(Versioned<DeliveryPlan> plan, LeaseToken lease, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var facts = await ReadAsync(plan.Value, cancellationToken).ConfigureAwait(false);
        var move = PlanLogic.Decide(plan.Value, facts, now);
        var changes = await ComposeAsync(plan, move, lease, now, cancellationToken).ConfigureAwait(false);
        var results = await store.CommitAsync(changes, cancellationToken).ConfigureAwait(false);
        if (results[0].Status == ChangeStatus.Stale)
        {
            // Either the lease is lost, or the step can no longer be taken up: its content is gone.
            await store.CommitAsync([new Change { Settles = [new Settlement { Lease = lease, Next = WorkState.Done, At = now }] }], cancellationToken).ConfigureAwait(false);
        }

        else if (results[0].Status == ChangeStatus.Applied && move is (PlanMove.Arrive or PlanMove.End))
        {
            await LetGoAsync(plan.Value, cancellationToken).ConfigureAwait(false);
        }

        return results[0].Status;
    }

    /// <summary>A sensitive message is let go of when the last of its routes has ended. Asked after the end is stored, so that of two that end together one sees the other.</summary>
    private async ValueTask LetGoAsync(DeliveryPlan ended, CancellationToken cancellationToken)
    {
        if (await reader.GetMessageAsync(ended.Tenant, ended.MessageId, cancellationToken).ConfigureAwait(false) is not { Sensitive: true })
        {
            return;
        }

        var query = new EntityQuery { Tenant = ended.Tenant, Index = DeliveryPlan.ByMessage, Values = [ended.MessageId.ToString()] };
        do
        {
            var page = await entities.FindAsync<DeliveryPlan>(query, cancellationToken).ConfigureAwait(false);
            if (page.Items.Any(p => p.Value.Status == PlanStatus.Active))
            {
                return;
            }

            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        await store.CommitAsync([new Change { Drops = [new PayloadDrop(ended.Tenant, ended.MessageId)] }], cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<StepFacts[]> ReadAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        var facts = new StepFacts[plan.Steps.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            var record = plan.Steps[i].DeliveryId is { } id
                ? await reader.GetDeliveryAsync(plan.Tenant, id, cancellationToken).ConfigureAwait(false)
                : null;
            facts[i] = StepFacts.Of(plan.Steps[i], record?.State);
        }

        return facts;
    }

    private async ValueTask<IReadOnlyList<Change>> ComposeAsync(
        Versioned<DeliveryPlan> plan, PlanMove move, LeaseToken lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var settle = new Settlement { Lease = lease, Next = WorkState.Done, At = now };
        switch (move)
        {
            case PlanMove.Start start:
                Log.StepStarted(logger, plan.Value.Id, plan.Value.Route, plan.Value.Steps[start.At].Step);
                return [Start(plan, start.At, settle, now)];
            case PlanMove.Restart restart:
                Log.StepStarted(logger, plan.Value.Id, plan.Value.Route, plan.Value.Steps[restart.At].Step);
                return [Restart(plan, restart.At, settle, now)];
            case PlanMove.Postpone postpone:
                var moved = Replace(plan.Value, plan.Value.Current, s => s with { Deadline = postpone.Until });
                return [Put(plan, moved, settle with { Next = WorkState.Waiting, DueAt = postpone.Until })];
            case PlanMove.Arrive arrive:
                return await ArriveAsync(plan, arrive, settle, now, cancellationToken).ConfigureAwait(false);
            case PlanMove.End end:
                Log.Ended(logger, plan.Value.Id, plan.Value.Route, end.Status);
                return [Put(plan, Forget(plan.Value) with { Status = end.Status }, settle)];
            default:
                return [new Change { Settles = [settle] }];
        }
    }

    private Change Start(Versioned<DeliveryPlan> plan, int at, Settlement settle, DateTimeOffset now)
    {
        var delivery = Delivery(plan.Value, plan.Value.Steps[at], now);
        var deadline = PlanFactory.Deadline(plan.Value.Steps, delivery, now, at);
        var moved = Replace(plan.Value, at, s => s with { DeliveryId = delivery.Id, Payload = null, Deadline = deadline });
        return new Change
        {
            Accept = new Acceptance { Deliveries = [delivery] },
            Settles = [settle],
            Enqueues = Check(plan.Value, deadline),
            Entities = [EntityChange.Put(moved with { Current = at, Status = PlanStatus.Active }, plan.Version)],
        };
    }

    private Change Restart(Versioned<DeliveryPlan> plan, int at, Settlement settle, DateTimeOffset now)
    {
        var step = plan.Value.Steps[at];
        var deadline = at + 1 < plan.Value.Steps.Count ? now + step.Within : null;
        return new Change
        {
            Settles = [settle],
            Commands = [new DeliveryCommand(DeliveryCommandType.Redrive, plan.Value.Tenant, step.DeliveryId!.Value, now, s_takenUp)],
            Enqueues = Check(plan.Value, deadline),
            Entities = [EntityChange.Put(Replace(plan.Value, at, s => s with { Deadline = deadline }) with { Current = at, Status = PlanStatus.Active }, plan.Version)],
        };
    }

    /// <summary>Withdrawals are changes of their own: one that comes too late must not undo the rest.</summary>
    private async ValueTask<IReadOnlyList<Change>> ArriveAsync(
        Versioned<DeliveryPlan> plan, PlanMove.Arrive arrive, Settlement settle, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (arrive.Duplicate)
        {
            Log.DuplicateReach(logger, plan.Value.Id, plan.Value.Route);
        }

        var message = await reader.GetMessageAsync(plan.Value.Tenant, plan.Value.MessageId, cancellationToken).ConfigureAwait(false);
        var arrived = (message is { Sensitive: true } ? Forget(plan.Value) : plan.Value) with { Status = PlanStatus.Arrived, DuplicateReach = arrive.Duplicate };
        List<Change> changes = [Put(plan, arrived, settle)];
        foreach (var at in arrive.StandDown)
        {
            var delivery = plan.Value.Steps[at].DeliveryId!.Value;
            changes.Add(new Change { Commands = [new DeliveryCommand(DeliveryCommandType.Cancel, plan.Value.Tenant, delivery, now, s_stoodDown)] });
        }

        return changes;
    }

    private StoredDelivery Delivery(DeliveryPlan plan, PlanStep step, DateTimeOffset now) => new()
    {
        Id = new DeliveryId(ids.Next()),
        MessageId = plan.MessageId,
        Tenant = plan.Tenant,
        Address = step.Address,
        Channel = step.Channel,
        Priority = plan.Priority,
        AcceptedAt = now,
        ContactId = plan.ContactId,
        Reference = plan.Reference,
        PlanId = plan.Id,
        PlanStep = step.Step,
        DueAt = now,
        Payload = step.Payload,
    };

    private IReadOnlyList<WorkItem> Check(DeliveryPlan plan, DateTimeOffset? deadline) =>
        deadline is { } due ? [RouteCheckWork.Create(ids, plan.Tenant, plan.Id, plan.Priority, due)] : [];

    private static Change Put(Versioned<DeliveryPlan> plan, DeliveryPlan moved, Settlement settle) =>
        new() { Settles = [settle], Entities = [EntityChange.Put(moved, plan.Version)] };

    /// <summary>Drops what later steps would have sent.</summary>
    private static DeliveryPlan Forget(DeliveryPlan plan) => plan with { Steps = [.. plan.Steps.Select(s => s with { Payload = null })] };

    private static DeliveryPlan Replace(DeliveryPlan plan, int at, Func<PlanStep, PlanStep> edit) =>
        plan with { Steps = [.. plan.Steps.Select((s, i) => i == at ? edit(s) : s)] };
}
