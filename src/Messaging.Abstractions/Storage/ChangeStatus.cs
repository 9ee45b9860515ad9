namespace Messaging.Storage;

/// <summary>What became of a change.</summary>
public enum ChangeStatus
{
    /// <summary>All of it is durable.</summary>
    Applied,

    /// <summary>It was there already; nothing was changed.</summary>
    Duplicate,

    /// <summary>Its idempotency key belongs to another request; nothing was changed.</summary>
    Conflict,

    /// <summary>A lease was lost, or a command no longer applies; nothing was changed.</summary>
    Stale,

    /// <summary>An entity was changed by somebody else; nothing was changed.</summary>
    VersionConflict,
}
