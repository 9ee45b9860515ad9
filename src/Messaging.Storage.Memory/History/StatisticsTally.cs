namespace Messaging.Storage.Memory;

/// <summary>Adds up what a query asks for.</summary>
internal sealed class StatisticsTally
{
    private readonly long _from;
    private readonly long _to;
    private readonly long[] _byStatus = new long[12];
    private readonly Dictionary<(int Kind, int Account, int Status), long> _byAccount = [];
    private readonly Dictionary<(long Hour, int Status), long> _byHour = [];

    public StatisticsTally(StatisticsQuery query)
    {
        _from = query.From is { } from ? Ticks.ToHour(from.UtcTicks) : long.MinValue;
        _to = query.To is { } to ? Ticks.ToHour(to.UtcTicks) : long.MaxValue;
    }

    public void Add(in BucketRow bucket, in StatusCounts counts)
    {
        for (var status = 0; status < _byStatus.Length; status++)
        {
            Add(bucket, status, counts[status]);
        }
    }

    public void Add(in BucketRow bucket, int status, long count)
    {
        if (count == 0 || bucket.Hour < _from || bucket.Hour >= _to)
        {
            return;
        }

        _byStatus[status] += count;
        _byAccount[(bucket.Kind, bucket.Account, status)] = _byAccount.GetValueOrDefault((bucket.Kind, bucket.Account, status)) + count;
        _byHour[(bucket.Hour, status)] = _byHour.GetValueOrDefault((bucket.Hour, status)) + count;
    }

    public DeliveryStatistics ToStatistics(Names names) => new(
        _byStatus.Sum(),
        Enumerable.Range(0, _byStatus.Length).Where(status => _byStatus[status] > 0).ToDictionary(status => (DeliveryStatus)status, status => _byStatus[status]),
        [.. _byAccount
            .Select(pair => new AccountCount(names[pair.Key.Kind]!, names[pair.Key.Account]!, (DeliveryStatus)pair.Key.Status, pair.Value))
            .OrderBy(count => count.Kind, StringComparer.Ordinal).ThenBy(count => count.Account, StringComparer.Ordinal).ThenBy(count => count.Status)],
        [.. _byHour.OrderBy(pair => pair.Key).Select(pair => new HourCount(Ticks.ToInstant(pair.Key.Hour), (DeliveryStatus)pair.Key.Status, pair.Value))]);
}
