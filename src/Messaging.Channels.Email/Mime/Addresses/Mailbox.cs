using System.Text;

namespace Messaging.Channels.Email;

/// <summary>One mailbox (RFC 5322 §3.4).</summary>
/// <param name="Name">The display name; null when there is none.</param>
/// <param name="Address">The address as it goes on the wire: the local part quoted where it must be, the domain in DNS form.</param>
internal readonly record struct Mailbox(string? Name, string Address)
{
    /// <summary>Gets whether the local part is outside ASCII, which nothing but SMTPUTF8 can carry (RFC 6531).</summary>
    public bool NeedsSmtpUtf8 => !Ascii.IsValid(Address);

    public ReadOnlySpan<char> Domain => Address.AsSpan(Address.LastIndexOf('@') + 1);

    /// <summary>Names nobody: who it is, is personal data.</summary>
    public override string ToString() => nameof(Mailbox);
}
