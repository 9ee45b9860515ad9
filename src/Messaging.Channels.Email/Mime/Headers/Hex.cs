namespace Messaging.Channels.Email;

/// <summary>Upper-case hexadecimal, as quoted-printable (RFC 2045 §6.7) and percent-encoding (RFC 3986 §2.1) want it.</summary>
internal static class Hex
{
    private static ReadOnlySpan<byte> Digits => "0123456789ABCDEF"u8;

    /// <summary>Writes a mark and two digits; returns 3.</summary>
    public static int WriteEscape(Span<byte> span, byte mark, byte octet)
    {
        span[2] = Digits[octet & 15];
        span[1] = Digits[octet >> 4];
        span[0] = mark;
        return 3;
    }
}
