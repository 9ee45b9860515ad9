namespace Messaging.Storage.Memory;

/// <summary>The chains that run through deliveries.</summary>
internal static class LinkFields
{
    public readonly struct Tenant : ILinkField
    {
        public static ref Link Of(ref DeliveryRow row) => ref row.OfTenant;
    }

    public readonly struct Message : ILinkField
    {
        public static ref Link Of(ref DeliveryRow row) => ref row.OfMessage;
    }

    public readonly struct Reference : ILinkField
    {
        public static ref Link Of(ref DeliveryRow row) => ref row.OfReference;
    }

    public readonly struct Contact : ILinkField
    {
        public static ref Link Of(ref DeliveryRow row) => ref row.OfContact;
    }

    public readonly struct Address : ILinkField
    {
        public static ref Link Of(ref DeliveryRow row) => ref row.OfAddress;
    }
}
