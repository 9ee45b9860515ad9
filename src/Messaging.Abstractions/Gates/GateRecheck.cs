namespace Messaging.Gates;

/// <summary>When a gate is asked again before sending.</summary>
public enum GateRecheck
{
    /// <summary>For every claimed batch: a STOP during a long bulk counts at once.</summary>
    Always,

    /// <summary>When the delivery waited longer than a minute since it was last asked.</summary>
    AfterWait,
}
