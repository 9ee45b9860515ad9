namespace Messaging.Storage.Memory;

/// <summary>Names the link by which a chain runs through deliveries.</summary>
internal interface ILinkField
{
    static abstract ref Link Of(ref DeliveryRow row);
}
