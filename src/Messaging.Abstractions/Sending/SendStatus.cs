namespace Messaging;

/// <summary>What became of a send request.</summary>
public enum SendStatus
{
    /// <summary>Durably stored; it will be sent.</summary>
    Accepted,

    /// <summary>Durably stored; it will be sent later, see <see cref="SendReceipt.Why"/>.</summary>
    Scheduled,

    /// <summary>The same request was accepted before under the same key; nothing new was stored.</summary>
    Duplicate,

    /// <summary>The key was used before for another request; nothing was stored.</summary>
    Conflict,

    /// <summary>Stored for the record, and will not be sent.</summary>
    Suppressed,

    /// <summary>Part of the host's own transaction: accepted if and only if that commits.</summary>
    Staged,

    /// <summary>Refused by the provider; only <see cref="IMessageHub.SendNowAsync"/> can know.</summary>
    Failed,

    /// <summary>The provider may or may not have it; only <see cref="IMessageHub.SendNowAsync"/> can know.</summary>
    Unconfirmed,

    /// <summary>The provider took it; only <see cref="IMessageHub.SendNowAsync"/> can know.</summary>
    Sent,
}
