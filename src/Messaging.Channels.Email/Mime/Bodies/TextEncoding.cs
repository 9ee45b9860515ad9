namespace Messaging.Channels.Email;

/// <summary>How a text part travels (RFC 2045 §6).</summary>
internal enum TextEncoding
{
    SevenBit,
    EightBit,
    QuotedPrintable,
    Base64,
}
