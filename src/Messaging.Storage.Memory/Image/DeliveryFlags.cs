namespace Messaging.Storage.Memory;

[Flags]
internal enum DeliveryFlags : byte
{
    None = 0,
    CancelRequested = 1,
    DeadLetter = 2,

    /// <summary>A sensitive payload is gone.</summary>
    Dropped = 4,

    /// <summary>An account has carried it; before, statistics name the one that is to.</summary>
    HasAccount = 8,

    /// <summary>One call, accepted at once: the timeline follows from the row and has no records of it.</summary>
    OneCall = 16,

    /// <summary>There is a reason: the newest record of the timeline that is marked as one.</summary>
    HasWhy = 32,
}
