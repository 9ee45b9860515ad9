using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>A journal that was read back.</summary>
/// <param name="Manifest">What it consists of.</param>
/// <param name="Next">Where it goes on.</param>
/// <param name="SegmentSize">The size of the segment that it goes on in.</param>
/// <param name="Since">The moment of its first record behind the snapshot; 0 when there is none.</param>
/// <param name="Replayed">How many records there were behind the snapshot.</param>
internal sealed record RecoveredJournal(Manifest Manifest, LogPosition Next, int SegmentSize, long Since, long Replayed)
{
    /// <summary>Gets a value indicating whether the segment after that was made already, because the last is as good as full.</summary>
    public bool HasSpare { get; init; }

    /// <summary>Gets a value indicating whether something was left out that could not be read.</summary>
    public bool IsSalvaged { get; init; }
}
