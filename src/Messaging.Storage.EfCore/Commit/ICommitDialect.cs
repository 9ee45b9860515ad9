namespace Messaging.Storage.EfCore.Commit;

/// <summary>How one kind of database runs commits.</summary>
internal interface ICommitDialect
{
    /// <summary>Begins a transaction, READ COMMITTED.</summary>
    ValueTask<ICommitTransaction> BeginAsync(CancellationToken cancellationToken);

    /// <summary>Returns whether the same may succeed when it is tried again: a deadlock, a failed serialisation, a lost connection.</summary>
    bool IsTransient(Exception exception);
}
