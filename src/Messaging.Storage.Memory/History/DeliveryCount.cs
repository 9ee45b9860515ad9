namespace Messaging.Storage.Memory;

/// <summary>Answers how many deliveries stand where, from counters; of a message with few deliveries, from these.</summary>
internal sealed class DeliveryCount(StoreImage image)
{
    public DeliveryStatistics Run(StatisticsQuery query)
    {
        var tally = new StatisticsTally(query);
        if (query.MessageId is { } id)
        {
            OfMessage(image.Messages.Find(query.Tenant, id), tally);
        }
        else if (image.Tenants.Find(query.Tenant) is var tenant && tenant > 0)
        {
            image.Counters.Sum(tenant, tally);
        }

        return tally.ToStatistics(image.Names);
    }

    private void OfMessage(int message, StatisticsTally tally)
    {
        if (message == 0)
        {
            return;
        }

        if (image.Messages[message].Has(MessageFlags.IsCounted))
        {
            image.Counters.SumOf(message, tally);
            return;
        }

        for (var row = image.Messages[message].Newest; row != 0; row = image.Deliveries[row].OfMessage.Older)
        {
            ref var delivery = ref image.Deliveries[row];
            tally.Add(image.Counters[delivery.Bucket], delivery.Status, 1);
        }
    }
}
