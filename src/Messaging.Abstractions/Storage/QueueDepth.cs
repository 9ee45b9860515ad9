namespace Messaging.Storage;

/// <summary>How much work there is. Stores may answer from figures that are a second old.</summary>
/// <param name="Ready">May be claimed now; includes due work that waits.</param>
/// <param name="Leased">In workers' hands.</param>
/// <param name="Waiting">Not yet due.</param>
/// <param name="Parked">Held.</param>
/// <param name="NextDue">The next moment at which something becomes due or a lease ends; <see langword="null"/> when there is none.</param>
/// <param name="OldestReady">Since when the oldest ready item is ready.</param>
public sealed record QueueDepth(long Ready, long Leased, long Waiting, long Parked, DateTimeOffset? NextDue, DateTimeOffset? OldestReady);
