namespace Messaging.Storage.Journal.Snapshots;

/// <summary>What a snapshot is of.</summary>
/// <param name="Store">The journal.</param>
/// <param name="Lsn">The first record that is not in it.</param>
/// <param name="Now">What the store's clock showed.</param>
internal readonly record struct SnapshotHeader(Guid Store, long Lsn, long Now);
