namespace Messaging.Channels.Email;

/// <summary>What the server is told beside the mail itself (RFC 5321 §2.3.1); immutable.</summary>
public sealed record MailEnvelope
{
    /// <summary>Gets the return path: an address such as <c>bounces@example.com</c>, or empty for the null return path of notices.</summary>
    public required string From { get; init; }

    /// <summary>Gets who receives the mail: at least one.</summary>
    public required IReadOnlyList<MailRecipient> Recipients { get; init; }

    /// <summary>Gets the id that comes back in delivery notices (ENVID, RFC 3461): at most 100 octets of printable US-ASCII.</summary>
    /// <remarks>Left out when the server does not offer DSN.</remarks>
    public string? EnvelopeId { get; init; }

    /// <summary>Gets how much of the mail a failure notice carries (RET, RFC 3461).</summary>
    public DsnReturn Return { get; init; }
}
