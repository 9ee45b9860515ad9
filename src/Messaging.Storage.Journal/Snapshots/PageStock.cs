using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>What a snapshot has to do with a file of pages.</summary>
/// <param name="Dirty">The file, when it must be flushed.</param>
/// <param name="Left">Slots that it names no more.</param>
internal sealed record PageStock(IJournalFile? Dirty, List<int> Left);
