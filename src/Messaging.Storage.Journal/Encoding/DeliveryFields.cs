namespace Messaging.Storage.Journal.Encoding;

/// <summary>Which fields of a delivery are written, the others having their usual value. Values never change once released.</summary>
[Flags]
internal enum DeliveryFields : ushort
{
    None = 0,

    /// <summary>Message, tenant and moment are those of the message that comes with it.</summary>
    OfMessage = 1,
    Contact = 2,
    Reference = 4,
    Plan = 8,
    ItemHash = 16,
    DueAt = 32,
    ParkKey = 64,
    Why = 128,
    Evidence = 256,
    Attempt = 512,
    ProviderId = 1024,
}
