namespace Messaging.Channels.Email;

/// <summary>Which octets the server takes in a body.</summary>
public enum MailTransferEncoding
{
    /// <summary>US-ASCII only: encode other text as quoted-printable or base64.</summary>
    SevenBit,

    /// <summary>Any octet in lines of at most 998 (8BITMIME, RFC 6152).</summary>
    EightBit,
}
