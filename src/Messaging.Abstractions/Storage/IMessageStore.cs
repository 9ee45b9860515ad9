namespace Messaging.Storage;

/// <summary>Keeps everything. Implementations are safe for concurrent use.</summary>
public interface IMessageStore
{
    /// <summary>Applies changes in order, each all or nothing; one that fails fails alone. One call is one durable write.</summary>
    /// <returns>One result for each change, in order. When the task completes, what was applied is as durable as the store promises.</returns>
    ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken);
}
