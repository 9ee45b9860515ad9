using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Writes text that a header cannot carry as it is (RFC 2047).</summary>
internal static class EncodedWord
{
    private const int MaxWord = 75;
    private const int Overhead = 12; // =?utf-8?Q? and ?=
    private const int MinPayload = 12; // one character of four octets in Q

    // Text takes nearly all that is printable; a phrase only this (RFC 2047 §5 rule 3).
    private static readonly SearchValues<byte> PhraseLiterals = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!*+-/"u8);

    private static readonly SearchValues<byte> TextLiterals = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!\"#$%&'()*+,-./:;<>@[\\]^`{|}~"u8);

    /// <summary>Writes a run of text as one encoded-word or several, no character split between two.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="blanks">What separates the run from what stands before it; the line may end there.</param>
    /// <param name="text">The text; at least one character of valid UTF-8.</param>
    /// <param name="phrase">Whether it is a display name.</param>
    public static void Write(ref OctetWriter writer, scoped ReadOnlySpan<byte> blanks, scoped ReadOnlySpan<byte> text, bool phrase)
    {
        var literals = phrase ? PhraseLiterals : TextLiterals;
        var isQ = IsShorterInQ(text, literals);
        for (; !text.IsEmpty; blanks = " "u8)
        {
            if (writer.Column + blanks.Length + Overhead + MinPayload > HeaderFolding.Wanted)
            {
                writer.WriteLineEnd();
            }

            writer.Write(blanks);
            var room = Math.Max(MinPayload, Math.Min(MaxWord, HeaderFolding.Wanted - writer.Column) - Overhead);
            text = text[(isQ ? WriteQ(ref writer, text, room, literals) : WriteB(ref writer, text, room))..];
        }
    }

    // ASCII in base64 is what spam filters look for.
    private static bool IsShorterInQ(ReadOnlySpan<byte> text, SearchValues<byte> literals)
    {
        if (Ascii.IsValid(text))
        {
            return true;
        }

        var q = 0;
        foreach (var octet in text)
        {
            q += literals.Contains(octet) || octet == ' ' ? 1 : 3;
        }

        return q <= (text.Length + 2) / 3 * 4;
    }

    private static int WriteQ(ref OctetWriter writer, scoped ReadOnlySpan<byte> text, int room, SearchValues<byte> literals)
    {
        var span = writer.Reserve(MaxWord);
        "=?utf-8?Q?"u8.CopyTo(span);
        var (at, end) = (10, 10 + room);
        var taken = 0;
        while (taken < text.Length)
        {
            var length = LengthOfCharacter(text[taken..]);
            var isLiteral = length == 1 && (text[taken] == ' ' || literals.Contains(text[taken]));
            if (at + (isLiteral ? 1 : 3 * length) > end)
            {
                break;
            }

            for (var last = taken + length; taken < last; taken++)
            {
                at += isLiteral ? WriteLiteral(span[at..], text[taken]) : Hex.WriteEscape(span[at..], (byte)'=', text[taken]);
            }
        }

        "?="u8.CopyTo(span[at..]);
        writer.Advance(at + 2);
        return taken;
    }

    private static int WriteLiteral(Span<byte> span, byte octet)
    {
        span[0] = octet == ' ' ? (byte)'_' : octet;
        return 1;
    }

    private static int WriteB(ref OctetWriter writer, scoped ReadOnlySpan<byte> text, int room)
    {
        var taken = 0;
        for (var most = Math.Min(text.Length, room / 4 * 3); taken < most;)
        {
            var length = LengthOfCharacter(text[taken..]);
            if (taken + length > most)
            {
                break;
            }

            taken += length;
        }

        var span = writer.Reserve(MaxWord);
        "=?utf-8?B?"u8.CopyTo(span);
        Base64.EncodeToUtf8(text[..taken], span[10..], out _, out var written);
        "?="u8.CopyTo(span[(10 + written)..]);
        writer.Advance(written + Overhead);
        return taken;
    }

    private static int LengthOfCharacter(ReadOnlySpan<byte> text)
    {
        if (text[0] < 0x80)
        {
            return 1;
        }

        Rune.DecodeFromUtf8(text, out _, out var length);
        return length;
    }
}
