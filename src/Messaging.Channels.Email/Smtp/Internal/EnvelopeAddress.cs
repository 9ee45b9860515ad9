using System.Buffers;
using System.Globalization;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>
/// Checks and writes the addresses of an envelope. Nothing that could end the command or begin another gets through, and the
/// limits of RFC 5321 §4.5.3.1 hold. Names outside ASCII follow RFC 6531: the domain can become an A-label, the local part cannot.
/// </summary>
internal static class EnvelopeAddress
{
    private const int MaxLocal = 64;
    private const int MaxDomain = 255;
    private const int MaxPath = 254; // 256 with the angle brackets

    private static readonly SearchValues<char> LocalAscii = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    private static readonly SearchValues<char> DomainAscii = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly SearchValues<char> Literal = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.:");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Finds what is wrong with an address.</summary>
    /// <returns>What is wrong, as the end of a sentence; null when it can be used.</returns>
    public static string? Check(string? address, out bool needsUtf8)
    {
        needsUtf8 = false;
        if (string.IsNullOrEmpty(address))
        {
            return "it is empty.";
        }

        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
        {
            return "it is not of the form name@domain.";
        }

        var local = address.AsSpan(0, at);
        needsUtf8 = !Ascii.IsValid(local);
        return CheckLocal(local) ?? CheckDomain(address.AsSpan(at + 1)) ?? CheckLength(address);
    }

    /// <summary>Appends an address that passed <see cref="Check"/>.</summary>
    public static void Append(SmtpBuffer output, string address)
    {
        if (Ascii.IsValid(address))
        {
            output.Append(address);
            return;
        }

        var at = address.LastIndexOf('@');
        output.Append(address.AsSpan(0, at + 1));
        output.Append(Idn.GetAscii(address, at + 1));
    }

    private static string? CheckLocal(ReadOnlySpan<char> local)
    {
        if (Encoding.UTF8.GetByteCount(local) > MaxLocal)
        {
            return $"the part before @ has more than {MaxLocal} octets.";
        }

        return local[0] == '"' ? CheckQuoted(local) : CheckCharacters(local, LocalAscii);
    }

    private static string? CheckCharacters(ReadOnlySpan<char> text, SearchValues<char> ascii)
    {
        for (var hit = text.IndexOfAnyExcept(ascii); hit >= 0; hit = text.IndexOfAnyExcept(ascii))
        {
            if (Rune.DecodeFromUtf16(text[hit..], out var rune, out var length) != OperationStatus.Done || !IsInternational(rune))
            {
                return "it contains a character that is not allowed there.";
            }

            text = text[(hit + length)..];
        }

        return null;
    }

    private static bool IsInternational(Rune rune) => !rune.IsAscii && !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string? CheckQuoted(ReadOnlySpan<char> local)
    {
        if (local.Length < 2 || local[^1] != '"')
        {
            return "the quotation mark is not closed.";
        }

        for (var inside = local[1..^1]; !inside.IsEmpty; inside = inside[1..])
        {
            if (inside[0] == '\\')
            {
                inside = inside[1..];
            }
            else if (inside[0] == '"')
            {
                return "a quotation mark inside it is not escaped.";
            }

            if (inside.IsEmpty || inside[0] is < ' ' or '\x7F' || char.IsControl(inside[0]) || char.IsSurrogate(inside[0]))
            {
                return "it contains a character that is not allowed there.";
            }
        }

        return null;
    }

    private static string? CheckDomain(ReadOnlySpan<char> domain)
    {
        if (domain[0] == '[')
        {
            return domain.Length > 2 && domain[^1] == ']' && !domain[1..^1].ContainsAnyExcept(Literal)
                ? null
                : "the address literal after @ is malformed.";
        }

        if (domain[0] == '.' || domain[^1] == '.' || domain.Contains("..", StringComparison.Ordinal))
        {
            return "the domain has an empty label.";
        }

        return CheckCharacters(domain, DomainAscii) ?? CheckInternationalDomain(domain);
    }

    private static string? CheckInternationalDomain(ReadOnlySpan<char> domain)
    {
        if (Ascii.IsValid(domain))
        {
            return domain.Length > MaxDomain ? $"the domain has more than {MaxDomain} octets." : null;
        }

        try
        {
            return Idn.GetAscii(domain.ToString()).Length > MaxDomain ? $"the domain has more than {MaxDomain} octets." : null;
        }
        catch (ArgumentException)
        {
            return "the domain has no form in DNS (IDNA).";
        }
    }

    private static string? CheckLength(string address) =>
        Encoding.UTF8.GetByteCount(address) > MaxPath ? $"it has more than {MaxPath} octets." : null;
}
