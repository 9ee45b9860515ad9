namespace Messaging.Storage.EfCore.Commit;

/// <summary>One transaction of a commit. Disposed without a commit, it changes nothing.</summary>
internal interface ICommitTransaction : IAsyncDisposable
{
    /// <summary>Reads the clock, and locks and loads what is there of the keys.</summary>
    /// <remarks>
    /// Locks go in this order, each by sorted keys: deliveries, messages, work, callers' keys, entities. Only then are states, open counts, reports' keys,
    /// items and unique values read, in later statements: what another commit wrote while this one waited for a lock is seen.
    /// </remarks>
    ValueTask<WorkingSet> LoadAsync(CommitKeys keys, Turns turns, CancellationToken cancellationToken);

    /// <summary>Writes the differences.</summary>
    /// <returns><see langword="false"/> when an identity was taken by another commit since it was loaded: roll back and begin again.</returns>
    ValueTask<bool> SaveAsync(WorkingSet set, CancellationToken cancellationToken);

    /// <summary>Makes it durable.</summary>
    ValueTask CommitAsync(CancellationToken cancellationToken);
}
