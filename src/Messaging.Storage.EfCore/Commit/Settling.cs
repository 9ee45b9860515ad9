using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Ends claims: what was learned goes into the state, and the work goes where it belongs.</summary>
internal sealed class Settling(WorkingSet set, Placing placing, Storying storying)
{
    public void Begin(AttemptStart begin)
    {
        var work = set.Held(begin.Lease)!;
        (work.Call, work.Plain) = ((short)CallMark.Begun, false);
        set.Touch(work);
        if (begin.Lease.Kind == WorkKind.Deliver)
        {
            set.StateOf(DeliveryOf(work)).Account = begin.Account;
        }
    }

    public void Apply(Settlement settle)
    {
        var work = set.Held(settle.Lease)!;
        work.Claims = settle.HandBack ? work.Claims - 1 : 0;
        set.Touch(work);
        if (settle.Lease.Kind == WorkKind.Deliver)
        {
            SettleDelivery(work, DeliveryOf(work), settle);
        }
        else if (settle.Next == WorkState.Done)
        {
            set.Work.Remove((work.Kind, work.Id));
        }
        else
        {
            Requeue(work, settle);
        }
    }

    /// <summary>Ends a claim whose time is over: the work may be claimed again, or is withdrawn when somebody asked for that.</summary>
    public void Lose(WorkRow work)
    {
        if (!work.CancelRequested)
        {
            placing.Lose(work);
            return;
        }

        var delivery = DeliveryOf(work);
        var state = set.StateOf(delivery);
        if (work.Call != (short)CallMark.None)
        {
            Prove(state, MessageEventType.Unconfirmed, Codes.ToInstant(work.LeaseUntil));
        }

        Withdraw(delivery, Codes.ToInstant(set.Now), Storying.WhyOf(state));
    }

    /// <summary>Ends a delivery because somebody withdrew it.</summary>
    public void Withdraw(DeliveryRow delivery, DateTimeOffset at, Why? why)
    {
        var state = set.StateOf(delivery);
        Prove(state, MessageEventType.Canceled, at);
        Storying.SetWhy(state, why ?? Storying.Withdrawn);
        storying.Add(delivery.Id, at, TimelineType.Settled, why ?? Storying.Withdrawn, MessageEventType.Canceled);
        End(delivery, state);
    }

    /// <summary>Adds a fact of the current generation.</summary>
    public static void Prove(StateRow state, MessageEventType type, DateTimeOffset at) =>
        state.Evidence = EvidenceBytes.Write(EvidenceBytes.Read(state.Evidence).With(type, at, state.Generation));

    /// <summary>Brings the status up to date.</summary>
    public void UpdateStatus(StateRow state) =>
        state.Status = StatusCode.Of(state, EvidenceBytes.Read(state.Evidence), set.WorkOf(state.Id) is null);

    /// <summary>Lets go of what nobody needs of a delivery that is done.</summary>
    public void DropPayloads(DeliveryRow delivery)
    {
        var message = set.Messages.Find(delivery.MessageId)!;
        if (message.IsRouted || !message.Drops)
        {
            return;
        }

        delivery.Payload = [];
        set.Deliveries.Touch(delivery.Id);
        set.StateOf(delivery).Dropped = true;
        if (!message.IsBulk && set.Open.GetValueOrDefault(message.Id) == 0)
        {
            message.Payload = [];
            set.Messages.Touch(message.Id);
        }
    }

    /// <summary>Notes the id under which a provider knows a delivery now. An earlier one is still found.</summary>
    public void SetProviderId(StateRow state, DeliveryRow delivery, string? providerId)
    {
        if (providerId is null)
        {
            return;
        }

        if (state.ProviderId is { } former)
        {
            set.Receipts.Add(new ReceiptRow
            {
                Account = state.ProviderAccount ?? delivery.Channel, ProviderId = former, DeliveryId = state.Id, Place = state.ProviderPlace ?? 0,
            });
        }

        (state.ProviderId, state.ProviderAccount, state.ProviderPlace) = (providerId, state.Account ?? delivery.Channel, set.NextPlace());
    }

    private DeliveryRow DeliveryOf(WorkRow work) => set.Deliveries.Find(work.Id)
        ?? throw new InvalidOperationException($"The work {work.Id} has no delivery: the database was changed by somebody else. Restore the row, or delete the work.");

    private void SettleDelivery(WorkRow work, DeliveryRow delivery, Settlement settle)
    {
        if (settle is { HandBack: true, Next: WorkState.Ready, Attempt: null, Proves: MessageEventType.Unknown, ProviderId: null, Payload: null, DeadLetter: false }
            && !work.CancelRequested && !(set.States.Find(work.Id)?.DeadLetter ?? false))
        {
            Learn(work, settle);
            placing.HandBack(work);
            return;
        }

        var at = settle.At == default ? Codes.ToInstant(set.Now) : settle.At;
        var state = set.StateOf(delivery);
        Learn(work, settle);
        Learn(state, delivery, settle, at);
        if (settle.Next != WorkState.Done && work.CancelRequested)
        {
            Withdraw(delivery, at, Storying.WhyOf(state));
            return;
        }

        Tell(state, settle, at);
        state.DeadLetter = settle.DeadLetter;
        if (settle.Next == WorkState.Done)
        {
            End(delivery, state);
            return;
        }

        Requeue(work, settle);
        UpdateStatus(state);
    }

    /// <summary>What became of an earlier owner's call stays unknown until somebody says so.</summary>
    private static void Learn(WorkRow work, Settlement settle) =>
        work.Call = (short)(work.Call == (short)CallMark.Lost && settle.Attempt is null && settle.Proves == MessageEventType.Unknown
            ? CallMark.Lost
            : CallMark.None);

    private void Learn(StateRow state, DeliveryRow delivery, Settlement settle, DateTimeOffset at)
    {
        if (settle.Attempt is { } attempt)
        {
            state.Attempts++;
            state.TotalAttempts++;
            state.Account = attempt.Account;
            storying.Add(delivery.Id, attempt, state.TotalAttempts, settle.Why);
        }

        if (settle.Proves != MessageEventType.Unknown)
        {
            Prove(state, settle.Proves, at);
        }

        SetProviderId(state, delivery, settle.ProviderId);
        if (settle.Payload is { } payload)
        {
            delivery.Payload = payload.ToArray();
            set.Deliveries.Touch(delivery.Id);
        }
    }

    private void Tell(StateRow state, Settlement settle, DateTimeOffset at)
    {
        if (settle.HandBack)
        {
            return;
        }

        if (settle.Next != WorkState.Ready || settle.Why is not null)
        {
            storying.Add(state.Id, at, Storying.EntryTypeOf(settle.Next), settle.Why, settle.Proves);
        }

        Storying.SetWhy(state, settle.Why);
    }

    private void Requeue(WorkRow work, Settlement settle)
    {
        if (settle is { HandBack: true, Next: WorkState.Ready })
        {
            placing.HandBack(work);
        }
        else
        {
            placing.Move(work, settle.Next, settle.DueAt.UtcTicks, settle.ParkKey);
        }
    }

    private void End(DeliveryRow delivery, StateRow state)
    {
        // The work carries the mark of a withdrawal while it is in a worker's hands; then it stays with the state.
        state.CancelRequested |= set.WorkOf(delivery.Id) is { CancelRequested: true };
        set.Work.Remove(((short)WorkKind.Deliver, delivery.Id));
        state.SettledAt = set.Now;
        if (set.Open.TryGetValue(delivery.MessageId, out var open))
        {
            set.Open[delivery.MessageId] = open - 1;
        }

        UpdateStatus(state);
        DropPayloads(delivery);
    }
}
