using System.Buffers;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>The part of an address before the at sign (RFC 5321 §4.1.2, RFC 6531 §3.3).</summary>
internal static class LocalPart
{
    private const int MaxOctets = 64;

    private static readonly SearchValues<char> Atext = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~");

    private static readonly SearchValues<char> DotAtom = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    public static bool IsAtext(char c) => Atext.Contains(c) || c >= 0x80;

    /// <summary>Whether the local part is plain: ASCII, no quoting needed, within the limit.</summary>
    public static bool IsSimple(ReadOnlySpan<char> local) => local.Length is > 0 and <= MaxOctets
        && !local.ContainsAnyExcept(DotAtom) && local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal);

    /// <summary>Writes a local part, whose quoting was taken off, as it goes on the wire.</summary>
    /// <returns>What is wrong, as the end of a sentence; null when all is well.</returns>
    public static string? Format(string local, bool wasQuoted, out string wire)
    {
        wire = local;
        var problem = CheckCharacters(local);
        if (problem is not null || IsSimple(local))
        {
            return problem;
        }

        if (!IsDotAtom(local))
        {
            if (!wasQuoted)
            {
                return "the part before @ is malformed: unusual characters and stray dots need quotation marks";
            }

            wire = $"\"{local.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        return Encoding.UTF8.GetByteCount(wire) > MaxOctets ? $"the part before @ has more than {MaxOctets} octets" : null;
    }

    private static string? CheckCharacters(string local)
    {
        foreach (var rune in local.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar || (!rune.IsAscii && Rune.IsWhiteSpace(rune)))
            {
                return "the part before @ holds a character that no address may have";
            }
        }

        return null;
    }

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        foreach (var range in local.Split('.'))
        {
            if (range.End.Value == range.Start.Value)
            {
                return false;
            }
        }

        foreach (var c in local)
        {
            if (!IsAtext(c) && c != '.')
            {
                return false;
            }
        }

        return true;
    }
}
