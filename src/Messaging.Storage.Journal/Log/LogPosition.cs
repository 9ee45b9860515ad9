namespace Messaging.Storage.Journal.Log;

/// <summary>Where the next record goes.</summary>
/// <param name="Segment">The segment's number.</param>
/// <param name="Offset">The place in it.</param>
/// <param name="Lsn">The record's number.</param>
internal readonly record struct LogPosition(long Segment, int Offset, long Lsn);
