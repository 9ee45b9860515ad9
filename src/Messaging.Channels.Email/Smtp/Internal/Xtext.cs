using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes the xtext of RFC 3461 §4, in which any octet can be a parameter.</summary>
internal static class Xtext
{
    public static void Append(SmtpBuffer output, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character is > ' ' and < '\x7F' and not ('+' or '='))
            {
                output.Append([(byte)character]);
            }
            else
            {
                output.Append("+"u8);
                output.Append(((byte)character).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Whether <paramref name="text"/> can be written: printable US-ASCII and no longer than allowed.</summary>
    public static bool CanWrite(string text, int maxLength) =>
        text.Length is var length && length > 0 && length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && Ascii.IsValid(text);
}
