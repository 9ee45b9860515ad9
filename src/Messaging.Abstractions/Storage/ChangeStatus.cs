namespace Messaging.Storage;

/// <summary>What became of a change.</summary>
public enum ChangeStatus
{
    /// <summary>All of it is durable.</summary>
    Applied,

    /// <summary>It was there already: a message, a delivery, an item of a bulk, an event, a piece of work. Nothing was changed.</summary>
    Duplicate,

    /// <summary>Its idempotency key belongs to another request; nothing was changed.</summary>
    Conflict,

    /// <summary>A lease was lost, a command no longer applies, or the message or delivery that it is about is not there; nothing was changed.</summary>
    Stale,

    /// <summary>An entity was changed by somebody else, or another one has a value that only one may have; nothing was changed.</summary>
    VersionConflict,
}
