namespace Messaging.Storage.EfCore.Schema;

/// <summary>Which index a row of work stands in, as the column <c>stands</c> says it. Queries name it as a literal, so that the index is found.</summary>
internal static class WorkStands
{
    /// <summary>It waits for its time.</summary>
    public const short ByTime = 0;

    /// <summary>It is ready, or leased: a claim leaves it where it stands.</summary>
    public const short InLane = 1;

    /// <summary>It was cancelled while it was leased: when the lease ends it is withdrawn.</summary>
    public const short Withdrawn = 2;

    /// <summary>It is parked.</summary>
    public const short Parked = 3;
}
