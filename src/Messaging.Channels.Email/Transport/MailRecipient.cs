namespace Messaging.Channels.Email;

/// <summary>One recipient of an envelope.</summary>
/// <param name="Address">The address, without display name or angle brackets.</param>
public sealed record MailRecipient(string Address)
{
    /// <summary>Gets when the server shall report about this recipient (NOTIFY, RFC 3461); left to the server by default.</summary>
    public DsnNotify Notify { get; init; }

    /// <summary>Gets the address as the sender first knew it (ORCPT, RFC 3461), when it differs from <see cref="Address"/>.</summary>
    public string? OriginalRecipient { get; init; }
}
