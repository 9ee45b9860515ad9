namespace Messaging.Storage.Journal.Snapshots;

/// <summary>What a snapshot has to do with the files of bodies.</summary>
/// <param name="Dirty">What it needs flushed.</param>
/// <param name="Dead">The files that it names no more.</param>
/// <param name="Erasures">Bodies that it names no more, in files that it does.</param>
internal sealed record SlabStock(List<SlabFile> Dirty, List<int> Dead, List<SlabFiles.Erasure> Erasures);
