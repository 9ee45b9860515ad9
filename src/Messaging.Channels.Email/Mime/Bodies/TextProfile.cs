using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>What about a text decides how it must be encoded.</summary>
/// <param name="HighOctets">How many octets are outside ASCII.</param>
/// <param name="IsFragile">Whether it must be encoded even where every octet is allowed.</param>
internal readonly record struct TextProfile(int HighOctets, bool IsFragile)
{
    private const int LongestLine = 998; // RFC 5322 §2.1.1

    // Everything below a blank but the tab and line ends, and DEL.
    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(octet => octet is not (9 or 10 or 13)).Select(octet => (byte)octet), 0x7F]);

    /// <summary>Looks at a text once.</summary>
    public static TextProfile Of(ReadOnlySpan<byte> text)
    {
        var high = Ascii.IsValid(text) ? 0 : CountHigh(text);
        return new(high, text.ContainsAny(Controls) || HasDangerousLine(text) || HasLongLine(text));
    }

    /// <summary>Chooses the encoding that the way allows and that costs least.</summary>
    public TextEncoding Choose(int length, MailTransferEncoding allowed)
    {
        if (!IsFragile && (HighOctets == 0 || allowed == MailTransferEncoding.EightBit))
        {
            return HighOctets == 0 ? TextEncoding.SevenBit : TextEncoding.EightBit;
        }

        // Quoted-printable adds two octets to each high one; base64 adds a third of everything.
        return HighOctets * 6L > length ? TextEncoding.Base64 : TextEncoding.QuotedPrintable;
    }

    // "From " at the start of a line is altered by mailboxes in mbox form, which breaks signatures; "--=_" is how our boundaries
    // begin, so a part that needs no encoding can never hold one.
    private static bool HasDangerousLine(ReadOnlySpan<byte> text) =>
        text.StartsWith("From "u8) || text.StartsWith("--=_"u8)
        || text.IndexOf("\nFrom "u8) >= 0 || text.IndexOf("\n--=_"u8) >= 0
        || (text.Contains((byte)'\r') && (text.IndexOf("\rFrom "u8) >= 0 || text.IndexOf("\r--=_"u8) >= 0));

    private static bool HasLongLine(ReadOnlySpan<byte> text)
    {
        while (text.Length > LongestLine)
        {
            // The last line end within reach; where there is one, no line up to it is too long.
            var end = text[..(LongestLine + 1)].LastIndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                return true;
            }

            text = text[(end + 1)..];
        }

        return false;
    }

    private static int CountHigh(ReadOnlySpan<byte> text)
    {
        var count = 0;
        var words = MemoryMarshal.Cast<byte, ulong>(text);
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word & 0x8080808080808080);
        }

        foreach (var octet in text[(words.Length * sizeof(ulong))..])
        {
            count += octet >> 7;
        }

        return count;
    }
}
