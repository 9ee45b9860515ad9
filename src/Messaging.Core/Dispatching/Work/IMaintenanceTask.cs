namespace Messaging.Dispatching;

/// <summary>A piece of housekeeping, done as <see cref="Storage.WorkKind.Maintain"/> work on one node at a time. Safe to do twice.</summary>
internal interface IMaintenanceTask
{
    /// <summary>Gets the name under which its work is queued.</summary>
    string Name { get; }

    /// <summary>Does it.</summary>
    /// <param name="payload">What <see cref="MaintenanceWork.Create"/> was given.</param>
    /// <param name="cancellationToken">The process stops.</param>
    /// <returns>When to do it again; <see langword="null"/> for never.</returns>
    ValueTask<DateTimeOffset?> RunAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
