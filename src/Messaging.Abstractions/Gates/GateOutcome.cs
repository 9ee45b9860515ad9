namespace Messaging.Gates;

/// <summary>What a gate says.</summary>
public enum GateOutcome
{
    /// <summary>Nothing against it.</summary>
    Pass,

    /// <summary>Not now.</summary>
    Defer,

    /// <summary>Not at all.</summary>
    Suppress,
}
