using Messaging.Dispatching;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Routing;

/// <summary>Looks at a plan and makes its next move. Every cause (a deadline, a failure, a report) ends here; the plan's version lets one of them win.</summary>
internal sealed partial class PlanKeeper(
    IMessageStore store, IMessageReader reader, IEntityStore entities, PlanPayloads payloads, IdGenerator ids, TimeProvider time, ILogger<PlanKeeper> logger) : IWorkHandler
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
        var settle = new Settlement { Lease = lease, Next = WorkState.Done, At = now };
        var facts = await ReadAsync(plan.Value, cancellationToken).ConfigureAwait(false);
        var move = PlanLogic.Decide(plan.Value, facts, now);
        if (Ends(plan.Value, move) && await payloads.IsSensitiveAsync(plan.Value, cancellationToken).ConfigureAwait(false))
        {
            return await EndSensitiveAsync(plan, move, settle, cancellationToken).ConfigureAwait(false);
        }

        var changes = Compose(plan, move, settle);
        var results = await store.CommitAsync(changes, cancellationToken).ConfigureAwait(false);
        if (results[0].Status == ChangeStatus.Stale)
        {
            // Either the lease is lost, or the step can no longer be taken up: its content is gone.
            await store.CommitAsync([new Change { Settles = [settle] }], cancellationToken).ConfigureAwait(false);
        }

        return results[0].Status;
    }

    private static bool Ends(DeliveryPlan plan, PlanMove move) =>
        move is PlanMove.Arrive or PlanMove.End || (move is PlanMove.Nothing && plan.Status != PlanStatus.Active);

    /// <summary>
    /// The end is stored first and the payloads are let go of after it, so that of two routes that end together one sees the other. The work is
    /// done only then: whoever takes it up after a crash in between finds the route ended, and lets go.
    /// </summary>
    private async ValueTask<ChangeStatus> EndSensitiveAsync(Versioned<DeliveryPlan> plan, PlanMove move, Settlement settle, CancellationToken cancellationToken)
    {
        if (move is not PlanMove.Nothing)
        {
            var results = await store.CommitAsync(Compose(plan, Sensitive(move), settle: null), cancellationToken).ConfigureAwait(false);
            if (results[0].Status != ChangeStatus.Applied)
            {
                return results[0].Status;
            }
        }

        var drops = await payloads.FindDropsAsync(plan.Value, cancellationToken).ConfigureAwait(false);
        var done = await store.CommitAsync([new Change { Settles = [settle], Drops = drops }], cancellationToken).ConfigureAwait(false);
        return done[0].Status;
    }

    private static PlanMove Sensitive(PlanMove move) => move is PlanMove.Arrive arrive ? arrive with { Forget = true } : move;

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

    private List<Change> Compose(Versioned<DeliveryPlan> plan, PlanMove move, Settlement? settle)
    {
        IReadOnlyList<Settlement> settles = settle is null ? [] : [settle];
        switch (move)
        {
            case PlanMove.Start start:
                Log.StepStarted(logger, plan.Value.Id, plan.Value.Route, plan.Value.Steps[start.At].Step);
                return [Start(plan, start.At, settles)];
            case PlanMove.Restart restart:
                Log.StepStarted(logger, plan.Value.Id, plan.Value.Route, plan.Value.Steps[restart.At].Step);
                return [Restart(plan, restart.At, settles)];
            case PlanMove.Postpone postpone:
                var moved = Replace(plan.Value, plan.Value.Current, s => s with { Deadline = postpone.Until });
                return [Put(plan, moved, [settle! with { Next = WorkState.Waiting, DueAt = postpone.Until }])];
            case PlanMove.Arrive arrive:
                return Arrive(plan, arrive, settles);
            case PlanMove.End end:
                Log.Ended(logger, plan.Value.Id, plan.Value.Route, end.Status);
                return [Put(plan, plan.Value.Forget() with { Status = end.Status }, settles)];
            default:
                return [new Change { Settles = settles }];
        }
    }

    private Change Start(Versioned<DeliveryPlan> plan, int at, IReadOnlyList<Settlement> settles)
    {
        var now = time.GetUtcNow();
        var delivery = Delivery(plan.Value, plan.Value.Steps[at], now);
        var deadline = PlanFactory.Deadline(plan.Value.Steps, delivery, now, at);
        var moved = Replace(plan.Value, at, s => s with { DeliveryId = delivery.Id, Payload = null, Deadline = deadline });
        return new Change
        {
            Accept = new Acceptance { Deliveries = [delivery] },
            Settles = settles,
            Enqueues = Check(plan.Value, deadline),
            Entities = [EntityChange.Put(moved with { Current = at, Status = PlanStatus.Active }, plan.Version)],
        };
    }

    private Change Restart(Versioned<DeliveryPlan> plan, int at, IReadOnlyList<Settlement> settles)
    {
        var now = time.GetUtcNow();
        var step = plan.Value.Steps[at];
        var deadline = at + 1 < plan.Value.Steps.Count ? now + step.Within : null;
        return new Change
        {
            Settles = settles,
            Commands = [new DeliveryCommand(DeliveryCommandType.Redrive, plan.Value.Tenant, step.DeliveryId!.Value, now, s_takenUp)],
            Enqueues = Check(plan.Value, deadline),
            Entities = [EntityChange.Put(Replace(plan.Value, at, s => s with { Deadline = deadline }) with { Current = at, Status = PlanStatus.Active }, plan.Version)],
        };
    }

    /// <summary>Withdrawals are changes of their own: one that comes too late must not undo the rest.</summary>
    private List<Change> Arrive(Versioned<DeliveryPlan> plan, PlanMove.Arrive arrive, IReadOnlyList<Settlement> settles)
    {
        if (arrive.Duplicate)
        {
            Log.DuplicateReach(logger, plan.Value.Id, plan.Value.Route);
        }

        var now = time.GetUtcNow();
        var arrived = (arrive.Forget ? plan.Value.Forget() : plan.Value) with { Status = PlanStatus.Arrived, DuplicateReach = arrive.Duplicate };
        List<Change> changes = [Put(plan, arrived, settles)];
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

    private static Change Put(Versioned<DeliveryPlan> plan, DeliveryPlan moved, IReadOnlyList<Settlement> settles) =>
        new() { Settles = settles, Entities = [EntityChange.Put(moved, plan.Version)] };

    private static DeliveryPlan Replace(DeliveryPlan plan, int at, Func<PlanStep, PlanStep> edit) =>
        plan with { Steps = [.. plan.Steps.Select((s, i) => i == at ? edit(s) : s)] };
}
