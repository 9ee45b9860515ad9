namespace Messaging.Gates;

/// <summary>Why somebody is suppressed, weakest first. A stronger reason is never overwritten by a weaker one.</summary>
public enum SuppressionReason
{
    /// <summary>The operator's own list.</summary>
    Manual,

    /// <summary>Soft bounces came too often.</summary>
    SoftBounces,

    /// <summary>The address does not exist.</summary>
    HardBounce,

    /// <summary>The recipient reported spam.</summary>
    Complaint,

    /// <summary>The recipient opted out. Only the recipient can lift it.</summary>
    Unsubscribed,
}
