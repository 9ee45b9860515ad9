using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>The part of an address behind the at sign (RFC 5321 §4.1.2): a name of DNS, or an address literal.</summary>
internal static class MailDomain
{
    private const int MaxLength = 255;
    private const int MaxLabel = 63;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Brings a domain into the form that DNS knows: lower case, and A-labels for what is outside ASCII (RFC 5890).</summary>
    /// <returns>What is wrong, as the end of a sentence; null when all is well.</returns>
    public static string? Normalize(string domain, out string ascii)
    {
        ascii = domain;
        if (domain.StartsWith('['))
        {
            return IsLiteral(domain) ? null : "the address literal after @ is malformed; write [192.0.2.1] or [IPv6:2001:db8::1]";
        }

        if (!Ascii.IsValid(domain) && !TryToAscii(domain, out ascii))
        {
            return "the domain has no form in DNS (IDNA)";
        }

        if (ascii.AsSpan().ContainsAnyExcept(Letters))
        {
            ascii = ascii.ToLowerInvariant();
        }

        return Check(ascii);
    }

    private static bool TryToAscii(string domain, [NotNullWhen(true)] out string ascii)
    {
        ascii = domain;
        try
        {
            ascii = Idn.GetAscii(domain.Normalize(NormalizationForm.FormC));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string? Check(ReadOnlySpan<char> domain)
    {
        if (domain.ContainsAnyExcept(Letters))
        {
            return "the domain holds a character that no domain may have";
        }

        if (domain.Length > MaxLength)
        {
            return $"the domain has more than {MaxLength} characters";
        }

        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > MaxLabel)
            {
                return label.Length == 0 ? "the domain has an empty part between dots" : $"a part of the domain has more than {MaxLabel} characters";
            }

            if (label[0] == '-' || label[^1] == '-')
            {
                return "a part of the domain begins or ends with a hyphen";
            }
        }

        return null;
    }

    private static bool IsLiteral(ReadOnlySpan<char> literal)
    {
        if (literal.Length < 3 || literal[^1] != ']')
        {
            return false;
        }

        var inside = literal[1..^1];
        return inside.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.TryParse(inside[5..], out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6 && !inside.Contains('%')
            : inside.Count('.') == 3 && IPAddress.TryParse(inside, out var v4) && v4.AddressFamily == AddressFamily.InterNetwork;
    }
}
