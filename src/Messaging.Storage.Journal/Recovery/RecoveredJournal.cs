using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>A journal that was read back.</summary>
/// <param name="Manifest">What it consists of.</param>
/// <param name="Next">Where it goes on.</param>
/// <param name="SegmentSize">The size of the segment that it goes on in.</param>
/// <param name="Since">The moment of its first record behind the snapshot; 0 when there is none.</param>
internal sealed record RecoveredJournal(Manifest Manifest, LogPosition Next, int SegmentSize, long Since);
