using Messaging.Diagnostics;
using Messaging.Dispatching;
using Messaging.Gates;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Sends within the call: the same way as <see cref="AcceptPipeline"/>, then one attempt, then the commit of what came of it.</summary>
internal sealed class ImmediatePipeline(
    AcceptPipeline accept, GateStage gates, CommitStage commit, AttachmentIntake intake, AttachmentCleanup cleanup, IImmediateSender sender, IMessageStore store, BufferPool buffers, IdGenerator ids,
    MessagingTelemetry telemetry)
{
    /// <summary>Sends a request.</summary>
    /// <exception cref="InvalidSendRequestException">Something in the request is wrong.</exception>
    public async ValueTask<SendReceipt> SendAsync(SendRequest request, HubTenant tenant, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartAccept(tenant.Of(request));
        var buffer = buffers.Rent();
        try
        {
            var submission = accept.Begin(request, tenant, buffer);
            ImmediateRules.Check(submission);
            await accept.PrepareAsync(submission, cancellationToken).ConfigureAwait(false);
            submission.Problems.ThrowIfAny();
            await gates.AskAsync(submission, cancellationToken).ConfigureAwait(false);
            return await SendAsync(submission, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private async ValueTask<SendReceipt> SendAsync(Submission submission, CancellationToken cancellationToken)
    {
        var attachments = await intake.TakeAsync(submission, cancellationToken).ConfigureAwait(false);
        var payload = MessageFactory.Write(submission, attachments);
        var message = MessageFactory.Make(submission, new MessageId(ids.Next()), payload);
        var claim = commit.Claim(submission);
        if (claim is not null && await ClaimAsync(message, claim, cancellationToken).ConfigureAwait(false) is { } repeated)
        {
            await attachments.DiscardAsync().ConfigureAwait(false);
            return repeated;
        }

        await gates.CountAsync(submission, cancellationToken).ConfigureAwait(false);
        return await AttemptAsync(submission, message, stored: claim is not null, cleanup.Watch(submission, message.Id, attachments), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The key is taken before the provider is called: of two calls under one key, one sends.</summary>
    private async ValueTask<SendReceipt?> ClaimAsync(StoredMessage message, IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        var change = new Change { Accept = new Acceptance { Message = message, Idempotency = claim } };
        var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
        return results[0].Status == ChangeStatus.Applied ? null : Receipts.Repeated(results[0], message.Id);
    }

    private async ValueTask<SendReceipt> AttemptAsync(Submission submission, StoredMessage message, bool stored, IReadOnlyList<WorkItem> watch, CancellationToken cancellationToken)
    {
        var deliveries = new List<StoredDelivery>(submission.Drafts.Length);
        var work = new List<WorkItem>(watch);
        var receipts = new DeliveryReceipt[submission.Drafts.Length];
        for (var i = 0; i < receipts.Length; i++)
        {
            var draft = submission.Drafts[i];
            var outcome = await AttemptAsync(submission, message, draft, mustRecord: stored || i > 0, cancellationToken).ConfigureAwait(false);
            deliveries.Add(outcome.Delivery);
            telemetry.Accepted(outcome.Delivery.Address.Kind, outcome.Status);
            work.AddRange(outcome.Enqueues);
            receipts[i] = new DeliveryReceipt(outcome.Delivery.Id, outcome.Status, outcome.Why);
        }

        // What a provider has done is written down, whoever has lost interest in it meanwhile.
        var change = new Change { Accept = new Acceptance { Message = stored ? null : message, Deliveries = deliveries }, Enqueues = work };
        await store.CommitAsync([change], CancellationToken.None).ConfigureAwait(false);
        return Receipt(message.Id, receipts);
    }

    private async ValueTask<ImmediateOutcome> AttemptAsync(
        Submission submission, StoredMessage message, Draft draft, bool mustRecord, CancellationToken cancellationToken)
    {
        var step = draft.Steps[0];
        var delivery = DeliveryFactory.Make(submission, message.Id, draft, step, null);
        if (step.Candidate is { Outcome: not GateOutcome.Pass } stopped)
        {
            return NotSent(submission, delivery, stopped.Why);
        }

        try
        {
            return await sender.SendAsync(message, delivery, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (mustRecord)
        {
            // Its key is taken, or others of this message were sent before: history must say what became of this one.
            return Withdrawn(submission, delivery);
        }
    }

    /// <summary>A gate that says "not now" says no here: there is no later for a send within the call.</summary>
    private static ImmediateOutcome NotSent(Submission submission, StoredDelivery delivery, Why? why) => new(
        delivery with
        {
            Work = WorkState.Done,
            DueAt = submission.Now,
            ParkKey = null,
            Evidence = Evidence.None.With(MessageEventType.Suppressed, submission.Now),
        },
        SendStatus.Suppressed,
        why,
        []);

    private static ImmediateOutcome Withdrawn(Submission submission, StoredDelivery delivery)
    {
        var why = new Why(WhyCodes.Canceled, "The caller gave up waiting before it was sent.");
        return new(
            delivery with { Work = WorkState.Done, Why = why, Evidence = Evidence.None.With(MessageEventType.Canceled, submission.Now) }, SendStatus.Failed, why, []);
    }

    private static SendReceipt Receipt(MessageId message, DeliveryReceipt[] receipts)
    {
        var best = receipts[0];
        foreach (var receipt in receipts)
        {
            best = Rank(receipt.Status) < Rank(best.Status) ? receipt : best;
        }

        return new SendReceipt { MessageId = message, Status = best.Status, Why = best.Why, Deliveries = receipts };
    }

    private static int Rank(SendStatus status) => status switch
    {
        SendStatus.Sent => 0,
        SendStatus.Unconfirmed => 1,
        SendStatus.Failed => 2,
        _ => 3,
    };
}
