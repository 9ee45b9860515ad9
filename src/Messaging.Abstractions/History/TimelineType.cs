namespace Messaging;

/// <summary>The kinds of things that happen to a delivery.</summary>
public enum TimelineType
{
    /// <summary>Stored.</summary>
    Accepted,

    /// <summary>A gate or limit said: not now.</summary>
    Deferred,

    /// <summary>Held until somebody or something releases it.</summary>
    Parked,

    /// <summary>Released.</summary>
    Released,

    /// <summary>A provider call, with its answer.</summary>
    Attempt,

    /// <summary>Something was reported.</summary>
    Event,

    /// <summary>Its work ended.</summary>
    Settled,

    /// <summary>An operator asked to try again.</summary>
    Redriven,
}
