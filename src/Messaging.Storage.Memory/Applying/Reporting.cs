namespace Messaging.Storage.Memory;

/// <summary>Takes in what providers report.</summary>
internal sealed class Reporting(StoreImage image, StatusKeeper status)
{
    private static readonly Why Quarantined =
        new("quarantined", "The report is about something that was never handed to a provider; it proves nothing.");

    public void Apply(StoredEvent e)
    {
        var row = image.Deliveries.Find(e.DeliveryId.Value);
        ref var delivery = ref image.Deliveries[row];
        var key = image.EventKeys.Add(e.Key, delivery.EventKey);
        if (key == 0)
        {
            return;
        }

        delivery.EventKey = key;
        if (!e.Quarantined)
        {
            var settledAt = delivery.FirstFactAt;
            image.Evidence.Add(ref delivery, e.Type, e.OccurredAt, e.Generation ?? delivery.Generation);
            OneCall.WriteDownIfLost(image, ref delivery, settledAt);
        }

        image.Stories.Add(ref delivery, new TimelineEntry(e.OccurredAt, TimelineType.Event)
        {
            Event = e.Type,
            Account = e.Account,
            ProviderCode = e.ProviderCode,
            ProviderText = e.ProviderText,
            Why = e.Quarantined ? Quarantined : null,
        });
        status.Update(row);
    }
}
