namespace Messaging.Channels;

/// <summary>Whose fault a failure is, and so what follows besides the message's own fate.</summary>
public enum FailureScope
{
    /// <summary>This message only.</summary>
    Message,

    /// <summary>The address: its health suffers, up to suppression.</summary>
    Address,

    /// <summary>The sender: it is paused.</summary>
    Sender,

    /// <summary>The account: counts against its breaker; no recipient is blamed.</summary>
    Account,
}
