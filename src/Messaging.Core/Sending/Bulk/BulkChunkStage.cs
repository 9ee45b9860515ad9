using Messaging.Contacts;
using Messaging.Diagnostics;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Takes one chunk of a bulk: resolves its items in one batch, asks the gates once, and commits them together. A bad item is refused alone.</summary>
internal sealed class BulkChunkStage(
    BulkOpener opener,
    ContactLookup contacts,
    TenantLocales tenants,
    BulkItemResolver resolver,
    GateStage gates,
    PlanStage plans,
    IMessageStore store,
    MessagingTelemetry telemetry)
{
    /// <summary>Stores a chunk and counts what became of it.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="message">The message that its items belong to.</param>
    /// <param name="opening">What the message is made of, if it is stored with this chunk; <see langword="null"/> when it is there.</param>
    /// <param name="items">The items.</param>
    /// <param name="tally">What is counted.</param>
    /// <param name="cancellationToken">Gives up before the chunk is committed.</param>
    public async ValueTask StoreAsync(
        Submission chunk, MessageId message, Submission? opening, List<BulkItem> items, BulkTally tally, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var refused = new List<EntityChange>();
        chunk.Drafts = await DraftAsync(chunk, message, items, tally.Read, refused, cancellationToken).ConfigureAwait(false);
        if (chunk.Drafts.Length > 0)
        {
            await gates.AskAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        var first = opening is null ? null : await opener.ComposeAsync(opening, message, cancellationToken).ConfigureAwait(false);
        var results = await store.CommitAsync(Changes(chunk, message, first, refused), cancellationToken).ConfigureAwait(false);
        if (first is not null && results[0].Status != ChangeStatus.Applied)
        {
            throw new InvalidOperationException($"The store answered {results[0].Status} to the message of a bulk, which nothing stands in the way of.");
        }

        await gates.ConfirmAsync(chunk).ConfigureAwait(false);
        Count(chunk, results, first is null ? 0 : 1, tally);
        tally.Read += items.Count;
        tally.Refused += refused.Count;
    }

    private async ValueTask<Draft[]> DraftAsync(
        Submission chunk, MessageId message, List<BulkItem> items, long position, List<EntityChange> refused, CancellationToken cancellationToken)
    {
        var found = await contacts.FindAsync(chunk.Tenant, new BulkRecipients(items), cancellationToken).ConfigureAwait(false);
        var tenant = await tenants.FindAsync(chunk.Tenant, cancellationToken).ConfigureAwait(false);
        var drafts = new List<Draft>(items.Count);
        var problems = new ProblemList();
        for (var i = 0; i < items.Count; i++)
        {
            var draft = await resolver.ResolveAsync(chunk, items[i], found[i], tenant, problems, cancellationToken).ConfigureAwait(false);
            if (problems.IsEmpty)
            {
                drafts.Add(draft!);
                continue;
            }

            refused.Add(EntityChange.Put(new BulkRefused(chunk.Tenant, message.Value, position + i, items[i]?.Reference, problems.All)));
            problems.Clear();
        }

        return [.. drafts];
    }

    private List<Change> Changes(Submission chunk, MessageId message, Change? first, List<EntityChange> refused)
    {
        var changes = new List<Change>(chunk.Drafts.Length + 2);
        if (first is not null)
        {
            changes.Add(first);
        }

        foreach (var draft in chunk.Drafts)
        {
            var parts = new ChangeParts();
            plans.Add(chunk, message, draft, parts);
            changes.Add(parts.Accept(null, null));
        }

        if (refused.Count > 0)
        {
            changes.Add(new Change { Entities = refused });
        }

        return changes;
    }

    private void Count(Submission chunk, IReadOnlyList<ChangeResult> results, int first, BulkTally tally)
    {
        for (var i = 0; i < chunk.Drafts.Length; i++)
        {
            var status = results[first + i].Status;
            if (status == ChangeStatus.Applied)
            {
                telemetry.Accepted(chunk, chunk.Drafts[i]);
            }

            switch (status)
            {
                case ChangeStatus.Applied when Receipts.Of(chunk, chunk.Drafts[i]).Status == SendStatus.Suppressed:
                    tally.Suppressed++;
                    break;
                case ChangeStatus.Applied:
                    tally.Accepted++;
                    break;
                case ChangeStatus.Duplicate:
                    tally.Duplicates++;
                    break;
                default:
                    throw new InvalidOperationException($"The store answered {status} to an item of a bulk: its message is not there any more.");
            }
        }
    }
}
