using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Messaging.Sending;

/// <summary>The domain of a mailbox: a host name, or an address literal such as <c>[192.0.2.1]</c> or <c>[IPv6:2001:db8::1]</c> (RFC 5321 §4.1.3).</summary>
internal static class MailDomain
{
    private const int MaxLength = 253;
    private const int MaxLabel = 63;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public static bool TryNormalize(ReadOnlySpan<char> domain, out ReadOnlySpan<char> canonical, [NotNullWhen(false)] out string? problem)
    {
        canonical = domain.Length > 0 && domain[0] == '[' ? Literal(domain) : HostName(domain);
        problem = canonical.IsEmpty ? "The domain of the e-mail address is not valid: labels of letters, digits and hyphens with dots between them." : null;
        return problem is null;
    }

    private static ReadOnlySpan<char> Literal(ReadOnlySpan<char> domain)
    {
        if (domain[^1] != ']')
        {
            return default;
        }

        var inside = domain[1..^1];
        var six = inside.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase);
        return IPAddress.TryParse(six ? inside[5..] : inside, out var ip)
            && ip.AddressFamily == (six ? System.Net.Sockets.AddressFamily.InterNetworkV6 : System.Net.Sockets.AddressFamily.InterNetwork)
            ? domain : default;
    }

    private static ReadOnlySpan<char> HostName(ReadOnlySpan<char> domain)
    {
        if (domain.ContainsAnyExceptInRange('\0', '\u007F'))
        {
            domain = ToAscii(domain);
        }
        else if (domain.ContainsAnyInRange('A', 'Z'))
        {
            domain = domain.ToString().ToLowerInvariant();
        }

        return IsHostName(domain) ? domain : default;
    }

    private static ReadOnlySpan<char> ToAscii(ReadOnlySpan<char> domain)
    {
        try
        {
            return Idn.GetAscii(domain.ToString()).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return default;
        }
    }

    private static bool IsHostName(ReadOnlySpan<char> domain)
    {
        if (domain.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-' || !IsLabel(label))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Underscores are no part of host names, and are found in mail domains all the same.</summary>
    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
