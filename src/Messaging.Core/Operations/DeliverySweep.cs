using Messaging.Storage;

namespace Messaging.Operations;

/// <summary>Applies one command to every delivery that a query finds, in pages: memory stays flat, and cancelling stops between two pages.</summary>
internal sealed class DeliverySweep(IMessageReader reader, IMessageStore store)
{
    private const int Page = 100;
    private const int Commands = 1_000;

    /// <summary>Applies the command.</summary>
    /// <param name="query">Which deliveries; its cursor and limit are not used.</param>
    /// <param name="command">Makes the command of a delivery.</param>
    /// <param name="cancellationToken">Stops; what was changed stays changed.</param>
    /// <returns>How many were changed. One that is no longer as the query found it is left alone, and does not count.</returns>
    public async Task<long> RunAsync(DeliveryQuery query, Func<DeliverySummary, DeliveryCommand> command, CancellationToken cancellationToken)
    {
        var changed = 0L;
        var changes = new List<Change>(Commands);
        var next = query with { Cursor = null, Limit = Page };
        do
        {
            var page = await reader.QueryAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (var delivery in page.Items)
            {
                changes.Add(new Change { Commands = [command(delivery)] });
            }

            next = next with { Cursor = page.Next };
            if (changes.Count > Commands - Page || page.Next is null)
            {
                changed += await CommitAsync(changes, cancellationToken).ConfigureAwait(false);
            }
        }
        while (next.Cursor is not null);

        return changed;
    }

    private async ValueTask<int> CommitAsync(List<Change> changes, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
        {
            return 0;
        }

        var results = await store.CommitAsync(changes, cancellationToken).ConfigureAwait(false);
        changes.Clear();
        return results.Count(result => result.Status == ChangeStatus.Applied);
    }
}
