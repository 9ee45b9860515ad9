namespace Messaging.Storage.EfCore.Schema;

/// <summary>The hash of a report's key, and the delivery that it is about.</summary>
internal sealed class EventKeyRow
{
    public Guid Hash { get; set; }

    public Guid DeliveryId { get; set; }
}
