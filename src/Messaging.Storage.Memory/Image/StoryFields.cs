namespace Messaging.Storage.Memory;

/// <summary>What a record of the timeline holds beside its type and time, in this order.</summary>
[Flags]
internal enum StoryFields : short
{
    None = 0,
    Why = 1,
    Until = 2,
    Event = 4,
    Attempt = 8,
    Account = 16,
    Elapsed = 32,
    ProviderCode = 64,
    ProviderText = 128,
    ProviderId = 256,

    /// <summary>No field: the record's reason is that of the delivery.</summary>
    IsReason = 512,

    /// <summary>The hash of a report's key.</summary>
    EventKey = 1024,
}
