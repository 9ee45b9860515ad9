namespace Messaging;

/// <summary>A normalised fact about a delivery or an address. Values never change once released: stores keep them.</summary>
public enum MessageEventType
{
    /// <summary>Kept, and of no known meaning.</summary>
    Unknown = 0,

    /// <summary>Stored.</summary>
    Accepted = 1,

    /// <summary>The provider gave an id.</summary>
    Submitted = 2,

    /// <summary>Left for the carrier, the receiving server or the device network.</summary>
    Sent = 3,

    /// <summary>The provider keeps trying.</summary>
    Deferred = 4,

    /// <summary>The receiving side has it.</summary>
    Delivered = 5,

    /// <summary>The recipient read it.</summary>
    Read = 6,

    /// <summary>Refused at submission.</summary>
    Rejected = 10,

    /// <summary>A permanent failure behind the provider.</summary>
    Undelivered = 11,

    /// <summary>The address does not exist.</summary>
    HardBounced = 12,

    /// <summary>The provider gave up on an address that may work again.</summary>
    SoftBounced = 13,

    /// <summary>Its time passed.</summary>
    Expired = 14,

    /// <summary>Somebody withdrew it.</summary>
    Canceled = 15,

    /// <summary>A gate stopped it.</summary>
    Suppressed = 16,

    /// <summary>Attempts are used up; it is in the dead-letter list.</summary>
    Dead = 17,

    /// <summary>A call broke after bytes had left.</summary>
    Unconfirmed = 18,

    /// <summary>Opened; proves nothing about a person.</summary>
    Opened = 20,

    /// <summary>A link was followed.</summary>
    Clicked = 21,

    /// <summary>The recipient answered.</summary>
    Replied = 22,

    /// <summary>Reported as spam.</summary>
    Complained = 30,

    /// <summary>Opted out.</summary>
    Unsubscribed = 31,

    /// <summary>Opted in again.</summary>
    Resubscribed = 32,
}
