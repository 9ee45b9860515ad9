namespace Messaging;

/// <summary>Counts of deliveries. The lists hold only what is there.</summary>
/// <param name="Total">All of them.</param>
/// <param name="ByStatus">By where they stand.</param>
/// <param name="ByAccount">By account and status.</param>
/// <param name="ByHour">By the hour of acceptance and status, oldest first.</param>
public sealed record DeliveryStatistics(
    long Total,
    IReadOnlyDictionary<DeliveryStatus, long> ByStatus,
    IReadOnlyList<AccountCount> ByAccount,
    IReadOnlyList<HourCount> ByHour)
{
    /// <summary>Returns the count of one status.</summary>
    public long this[DeliveryStatus status] => ByStatus.GetValueOrDefault(status);

    /// <summary>Gets the deliveries that will not change by themselves any more.</summary>
    public long Settled => Total - this[DeliveryStatus.Scheduled] - this[DeliveryStatus.Queued] - this[DeliveryStatus.Sending];
}
