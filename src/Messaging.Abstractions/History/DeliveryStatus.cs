namespace Messaging;

/// <summary>Where a delivery stands: a function of its work state and of all evidence, whatever the order in which that came.</summary>
public enum DeliveryStatus
{
    /// <summary>Waits for a known moment.</summary>
    Scheduled = 0,

    /// <summary>Ready, waiting for a retry, or held until somebody releases it.</summary>
    Queued = 1,

    /// <summary>In a worker's hands.</summary>
    Sending = 2,

    /// <summary>The provider may or may not have it.</summary>
    Unconfirmed = 3,

    /// <summary>The provider has it.</summary>
    Sent = 4,

    /// <summary>The receiving side has it.</summary>
    Delivered = 5,

    /// <summary>The recipient read it.</summary>
    Read = 6,

    /// <summary>A gate stopped it.</summary>
    Suppressed = 7,

    /// <summary>It was refused, or attempts are used up.</summary>
    Failed = 8,

    /// <summary>The receiving side sent it back.</summary>
    Bounced = 9,

    /// <summary>Its time passed.</summary>
    Expired = 10,

    /// <summary>Somebody withdrew it.</summary>
    Canceled = 11,
}
