using System.Diagnostics.CodeAnalysis;
using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>
/// E-mail addresses as RFC 5321 §4.1.2 writes a mailbox, and RFC 6531 §3.3 beyond ASCII; lengths by RFC 5321 §4.5.3.1. The canonical form
/// has its domain in lower case and in A-labels (RFC 5890); the local part stays as it is, since only its host knows what case means.
/// </summary>
/// <remarks>For hosts without the e-mail package, whose own rules take this one's place.</remarks>
internal sealed class MailboxRules : IChannelRules
{
    private const int MaxLocalPart = 64;
    private const int MaxPath = 254;

    public string Kind => ChannelKinds.Email;

    public bool TryNormalize(string address, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out string? problem)
    {
        canonical = null;
        var text = address.AsSpan().Trim();
        var at = text.LastIndexOf('@');
        if (at <= 0)
        {
            problem = "The e-mail address must have a name, an @ sign and a domain, such as anna@example.com.";
            return false;
        }

        problem = LocalPart(text[..at]);
        if (problem is not null || !MailDomain.TryNormalize(text[(at + 1)..], out var domain, out problem))
        {
            return false;
        }

        if (Utf8Length(text[..at]) + 1 + domain.Length > MaxPath)
        {
            problem = $"The e-mail address is longer than {MaxPath} bytes.";
            return false;
        }

        canonical = text.Length == address.Length && text[(at + 1)..].SequenceEqual(domain) ? address : string.Concat(text[..(at + 1)], domain);
        return true;
    }

    public void Check(SendRequest request, ICollection<RequestProblem> problems)
    {
        Sender(nameof(request.From), request.From, problems);
        Sender(nameof(request.ReplyTo), request.ReplyTo, problems);
    }

    private void Sender(string field, string? value, ICollection<RequestProblem> problems)
    {
        if (value is null || RequestText.HasControl(value))
        {
            return;
        }

        var open = value.LastIndexOf('<');
        var closed = value.EndsWith('>');
        var address = open >= 0 && closed ? value[(open + 1)..^1] : value;
        if ((open >= 0) != closed || !TryNormalize(address, out _, out _))
        {
            problems.Add(new RequestProblem(field, ProblemCodes.InvalidAddress, "The mailbox must be an address, or a name and an address: Salon <salon@example.com>."));
        }
    }

    private static string? LocalPart(ReadOnlySpan<char> local) =>
        Utf8Length(local) > MaxLocalPart ? $"The part before the @ sign is longer than {MaxLocalPart} bytes."
        : IsDotString(local) || IsQuotedString(local) ? null
        : "The part before the @ sign holds a character that may not stand there, or a dot at its end or beside another.";

    private static bool IsDotString(ReadOnlySpan<char> local)
    {
        var afterDot = true;
        foreach (var c in local)
        {
            if (c == '.' ? afterDot : !IsAtomText(c))
            {
                return false;
            }

            afterDot = c == '.';
        }

        return !afterDot;
    }

    private static bool IsQuotedString(ReadOnlySpan<char> local)
    {
        if (local.Length < 3 || local[0] != '"' || local[^1] != '"')
        {
            return false;
        }

        var inside = local[1..^1];
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] == '"' || (inside[i] == '\\' && ++i == inside.Length) || inside[i] < ' ' || inside[i] == 0x7F)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAtomText(char c) => char.IsAsciiLetterOrDigit(c) || c >= 0xA0 || "!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal);

    private static int Utf8Length(ReadOnlySpan<char> text) => System.Text.Encoding.UTF8.GetByteCount(text);
}
