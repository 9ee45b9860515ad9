namespace Messaging;

/// <summary>The lane in which a message travels. A lane never waits for a lower one, and each keeps a reserved share of the workers.</summary>
public enum MessagePriority
{
    /// <summary>One-time codes and alarms.</summary>
    Critical,

    /// <summary>Somebody waits for it.</summary>
    High,

    /// <summary>The default for single sends.</summary>
    Normal,

    /// <summary>The default for bulk sends.</summary>
    Bulk,
}
