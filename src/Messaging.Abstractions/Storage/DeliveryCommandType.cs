namespace Messaging.Storage;

/// <summary>What an operator does to one delivery.</summary>
public enum DeliveryCommandType
{
    /// <summary>Withdraw it: Done and Canceled unless it is done; in a worker's hands it is marked, and withdrawn at settle.</summary>
    Cancel,

    /// <summary>Make it due now, if it waits or is parked.</summary>
    MakeDue,

    /// <summary>Open a new generation and make it due now, if it is done and is not Sent, Delivered or Read, and its payload was not dropped. Takes it off the dead-letter list.</summary>
    Redrive,

    /// <summary>Take it off the dead-letter list.</summary>
    Purge,
}
