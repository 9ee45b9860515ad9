namespace Messaging.Storage.Memory;

/// <summary>Takes in what providers report.</summary>
internal sealed class Reporting(StoreImage image, StatusKeeper status)
{
    private static readonly Why Quarantined =
        new(WhyCodes.Quarantined, "The report is about something that was never handed to a provider; it proves nothing.");

    public void Apply(StoredEvent e)
    {
        var key = image.EventKeys.HashOf(e.Key);
        if (image.EventKeys.Contains(key))
        {
            return;
        }

        var row = image.Deliveries.Find(e.DeliveryId.Value);
        ref var delivery = ref image.Deliveries[row];
        if (!e.Quarantined)
        {
            var settledAt = delivery.FirstFactAt;
            image.Evidence.Add(ref delivery, e.Type, e.OccurredAt, e.Generation ?? delivery.Generation);
            OneCall.WriteDownIfLost(image, ref delivery, settledAt);
        }

        image.Stories.AddEvent(ref delivery, new TimelineEntry(e.OccurredAt, TimelineType.Event)
        {
            Event = e.Type,
            Account = e.Account,
            ProviderCode = e.ProviderCode,
            ProviderText = e.ProviderText,
            Why = e.Quarantined ? Quarantined : null,
        }, key);
        image.EventKeys.Add(key, row);
        status.Update(row);
    }
}
