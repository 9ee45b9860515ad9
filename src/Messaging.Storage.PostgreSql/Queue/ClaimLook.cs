namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>From where a claim looks.</summary>
/// <param name="Fronts">The turn of each lane to begin with.</param>
/// <param name="Seen">Up to when all waits that have ended were seen, by the database's clock.</param>
/// <param name="BeganAt">The timestamp of its begin.</param>
internal readonly record struct ClaimLook(long[] Fronts, long Seen, long BeganAt)
{
    /// <summary>Gets a value indicating whether it begins at the very front, so that it misses nothing.</summary>
    public bool IsFromFront => Seen == 0 && Array.TrueForAll(Fronts, static turn => turn == 0);
}
