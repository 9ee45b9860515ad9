namespace Messaging.Channels.Email;

/// <summary>How much of the mail comes back in a failure notice (RFC 3461 §4.3).</summary>
public enum DsnReturn
{
    /// <summary>Left to the server.</summary>
    Unspecified,

    /// <summary>The header only.</summary>
    Headers,

    /// <summary>The whole mail.</summary>
    Full,
}
