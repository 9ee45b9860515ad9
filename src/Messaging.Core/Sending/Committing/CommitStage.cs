using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Stores a submission: message, deliveries, plans, work and idempotency key in one change, all or nothing.</summary>
internal sealed class CommitStage(IMessageStore store, AttachmentIntake intake, AttachmentCleanup cleanup, PlanStage plans, BufferPool buffers, IdGenerator ids)
{
    public async ValueTask<SendReceipt> CommitAsync(Submission submission, CancellationToken cancellationToken)
    {
        var claim = Claim(submission);
        var attachments = await intake.TakeAsync(submission, cancellationToken).ConfigureAwait(false);

        // When the commit breaks, the change may be stored all the same: its attachments stay.
        return await CommitAsync(submission, attachments, claim, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<SendReceipt> CommitAsync(
        Submission submission, AttachmentSet attachments, IdempotencyClaim? claim, CancellationToken cancellationToken)
    {
        var id = new MessageId(ids.Next());
        var results = await store.CommitAsync([Compose(submission, id, attachments, claim)], cancellationToken).ConfigureAwait(false);
        if (results[0].Status == ChangeStatus.Applied)
        {
            return Receipts.Accepted(submission, id);
        }

        await attachments.DiscardAsync().ConfigureAwait(false);
        return results[0].Status is ChangeStatus.Duplicate or ChangeStatus.Conflict
            ? Receipts.Repeated(results[0], id)
            : throw new InvalidOperationException($"The store answered {results[0].Status} to a new message, which nothing stands in the way of.");
    }

    /// <summary>Makes the change that accepts a submission.</summary>
    public Change Compose(Submission submission, MessageId id, AttachmentSet attachments, IdempotencyClaim? claim)
    {
        var payload = MessageFactory.Write(submission, attachments);
        var parts = new ChangeParts();
        foreach (var draft in submission.Drafts)
        {
            plans.Add(submission, id, draft, parts);
        }

        if (cleanup.Watch(submission, id, attachments) is { Count: > 0 } watch)
        {
            parts.Enqueues.AddRange(watch);
        }

        return parts.Accept(MessageFactory.Make(submission, id, payload), claim);
    }

    /// <summary>Makes the claim of a request's key.</summary>
    public IdempotencyClaim? Claim(Submission submission) => submission.Request.IdempotencyKey is { } key
        ? new IdempotencyClaim(
            key, submission.Staged?.Fingerprint ?? Fingerprint.Of(submission.Request, buffers), submission.Now + submission.Options.IdempotencyWindow)
        : null;
}
