namespace Messaging.Storage.Memory;

/// <summary>A cell of statistics: deliveries of one tenant, kind, account and hour of acceptance, by status.</summary>
internal struct BucketRow
{
    public long Hour;
    public int Tenant;
    public int Kind;
    public int Account;

    /// <summary>The cell of the same tenant made before.</summary>
    public int Earlier;

    /// <summary>How many deliveries that are still kept, and messages counted on their own, point here.</summary>
    public int Uses;
    public StatusCounts Counts;
}
