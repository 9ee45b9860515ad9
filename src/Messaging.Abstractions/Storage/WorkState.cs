namespace Messaging.Storage;

/// <summary>Where a piece of work stands in the queue. Values never change once released: stores keep them.</summary>
public enum WorkState
{
    /// <summary>Not before its due time.</summary>
    Waiting = 0,

    /// <summary>May be claimed.</summary>
    Ready = 1,

    /// <summary>In a worker's hands, until the lease ends.</summary>
    Leased = 2,

    /// <summary>Held under a key until that key is released.</summary>
    Parked = 3,

    /// <summary>Nothing is left to do.</summary>
    Done = 4,
}
