namespace Messaging.Storage.EfCore.Commit;

/// <summary>Runs batches of changes as transactions: load under locks, apply by the shared rules, write the differences.</summary>
/// <remarks>
/// <para>A deadlock, a failed serialisation or an identity that somebody else took in between rolls all back, and the batch runs again on what stands then.</para>
/// <para>A connection that is lost during the commit itself leaves its outcome unknown. The batch then runs again too, which is safe: what was
/// accepted is found by its message id, what was settled by its fence, what was reported by its key, what was written by its version. If the
/// lost commit went through, the second run answers Duplicate, Stale or VersionConflict, and those answers are given: callers treat a repeat as done.</para>
/// </remarks>
internal sealed class CommitRunner(ICommitDialect dialect, Turns turns)
{
    private const int MaxTries = 10;

    public async ValueTask<IReadOnlyList<ChangeResult>> RunAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var imprints = new IReadOnlyList<EntityImprint>[changes.Count];
        for (var i = 0; i < imprints.Length; i++)
        {
            imprints[i] = [.. changes[i].Entities.Select(change => change.Accept(EntityImprinter.Instance))];
        }

        var keys = new CommitKeys(changes, imprints);
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await TryAsync(changes, imprints, keys, cancellationToken).ConfigureAwait(false) is { } results)
                {
                    return results;
                }
            }
            catch (Exception e) when (tries < MaxTries && dialect.IsTransient(e))
            {
                continue;
            }

            if (tries == MaxTries)
            {
                throw new InvalidOperationException(
                    $"A commit of {changes.Count} changes met other commits of the same identities {MaxTries} times in a row. Commit it again.");
            }
        }
    }

    private async ValueTask<ChangeResult[]?> TryAsync(
        IReadOnlyList<Change> changes, IReadOnlyList<EntityImprint>[] imprints, CommitKeys keys, CancellationToken cancellationToken)
    {
        using var open = turns.Commits.Begin();
        var transaction = await dialect.BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var set = await transaction.LoadAsync(keys, turns, cancellationToken).ConfigureAwait(false);
        var rules = new ChangeRules(set);
        var results = new ChangeResult[changes.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = rules.Apply(changes[i], imprints[i]);
        }

        if (!await transaction.SaveAsync(set, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return results;
    }
}
