namespace Messaging.Storage.Memory;

internal static class DeliveryCount
{
    public static DeliveryStatistics Run(StoreImage image, StatisticsQuery query)
    {
        var (from, to) = (Hour(query.From ?? DateTimeOffset.MinValue), Hour(query.To ?? DateTimeOffset.MaxValue));
        var counted = image.History
            .Where(delivery => delivery.Stored.Tenant == query.Tenant
                && (query.MessageId is null || delivery.Stored.MessageId == query.MessageId)
                && Hour(delivery.Stored.AcceptedAt) >= from && (query.To is null || Hour(delivery.Stored.AcceptedAt) < to))
            .Select(delivery => (delivery.Status, delivery.Stored.Address.Kind, Account: delivery.Account ?? delivery.Stored.Channel, Hour: Hour(delivery.Stored.AcceptedAt)))
            .ToList();
        return new DeliveryStatistics(
            counted.Count,
            counted.GroupBy(row => row.Status).ToDictionary(group => group.Key, group => group.LongCount()),
            [.. counted.GroupBy(row => (row.Kind, row.Account, row.Status)).Select(group => new AccountCount(group.Key.Kind, group.Key.Account, group.Key.Status, group.LongCount()))],
            [.. counted.GroupBy(row => (row.Hour, row.Status)).OrderBy(group => group.Key).Select(group => new HourCount(group.Key.Hour, group.Key.Status, group.LongCount()))]);
    }

    private static DateTimeOffset Hour(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
