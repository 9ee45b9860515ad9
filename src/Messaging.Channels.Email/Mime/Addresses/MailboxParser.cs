using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>
/// Reads mailboxes (RFC 5322 §3.4 with the dots in names of §4.1, RFC 6532 for names outside ASCII): display names, quoted strings,
/// comments, address literals. Groups and routes are refused: nobody sends to them.
/// </summary>
internal ref struct MailboxParser
{
    private const string NoControls = "it holds a line break or another control character";

    private MailboxScanner _in;

    private MailboxParser(ReadOnlySpan<char> text) => _in = new MailboxScanner(text);

    /// <summary>Reads a bare address, such as <c>anna@example.com</c>.</summary>
    /// <param name="text">The address.</param>
    /// <param name="address">The address as it goes on the wire.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that does not repeat the address.</param>
    public static bool TryParseAddress(string? text, [NotNullWhen(true)] out string? address, [NotNullWhen(false)] out string? problem)
    {
        address = text;
        problem = CheckText(text);
        if (problem is not null || SimpleAddress.Is(text!))
        {
            return problem is null;
        }

        var parser = new MailboxParser(text);
        problem = parser.ReadAddress(out address) ?? parser.ReadEnd();
        return problem is null;
    }

    /// <summary>Reads one mailbox, such as <c>Salon &lt;salon@example.com&gt;</c>.</summary>
    /// <param name="text">The mailbox.</param>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that does not repeat the text.</param>
    public static bool TryParse(string? text, out Mailbox mailbox, [NotNullWhen(false)] out string? problem)
    {
        mailbox = default;
        problem = CheckText(text);
        if (problem is not null)
        {
            return false;
        }

        var parser = new MailboxParser(text);
        problem = parser.ReadMailbox(out mailbox) ?? parser.ReadEnd();
        return problem is null;
    }

    /// <summary>Reads one mailbox or several, separated by commas.</summary>
    /// <param name="text">The mailboxes.</param>
    /// <param name="mailboxes">The mailboxes; at least one.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that does not repeat the text.</param>
    public static bool TryParseList(string? text, out IReadOnlyList<Mailbox> mailboxes, [NotNullWhen(false)] out string? problem)
    {
        var list = new List<Mailbox>(1);
        mailboxes = list;
        problem = CheckText(text);
        if (problem is not null)
        {
            return false;
        }

        var parser = new MailboxParser(text);
        do
        {
            problem = parser.ReadMailbox(out var mailbox);
            list.Add(mailbox);
        }
        while (problem is null && parser.ReadComma());

        problem ??= parser.ReadEnd();
        return problem is null;
    }

    private static string? CheckText(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "it is empty";
        }

        return text.AsSpan().ContainsAnyInRange('\0', '\x1F') || text.Contains('\x7F', StringComparison.Ordinal) ? NoControls : null;
    }

    private string? ReadMailbox(out Mailbox mailbox)
    {
        mailbox = default;
        string? name = null;
        var problem = _in.HasAngleBracket() ? ReadPhrase(out name) : null;
        if (problem is not null)
        {
            return problem;
        }

        var isAngle = _in.Take('<');
        problem = ReadAddress(out var address);
        if (problem is null && isAngle && !_in.Take('>'))
        {
            problem = "the angle bracket is not closed";
        }

        mailbox = new Mailbox(string.IsNullOrEmpty(name) ? null : name, address ?? "");
        return problem;
    }

    private string? ReadPhrase(out string? name)
    {
        name = null;
        var words = new StringBuilder();
        for (var spaced = _in.SkipBlanks(out var problem); problem is null && !_in.IsNext('<'); spaced = _in.SkipBlanks(out problem))
        {
            if (spaced && words.Length > 0)
            {
                words.Append(' ');
            }

            problem = ReadWord(out var word);
            words.Append(word);
            if (problem is not null)
            {
                return problem;
            }
        }

        name = words.ToString();
        return !_in.IsAtEnd ? null : "a comment is not closed";
    }

    private string? ReadWord(out string word)
    {
        word = "";
        if (_in.IsNext('"'))
        {
            return _in.ReadQuoted(out word);
        }

        word = _in.ReadDotAtom();
        return word.Length > 0 ? null : "a name with a character such as , : ; @ [ ] \\ needs quotation marks around it";
    }

    private string? ReadAddress(out string? address)
    {
        address = null;
        var problem = ReadLocal(out var local);
        if (problem is not null)
        {
            return problem;
        }

        if (!_in.Take('@'))
        {
            return !_in.IsAtEnd ? "the part before @ is malformed" : "it has no @";
        }

        problem = ReadDomain(out var domain);
        address = $"{local}@{domain}";
        return problem;
    }

    private string? ReadLocal(out string wire)
    {
        wire = "";
        _in.SkipBlanks(out var problem);
        var isQuoted = _in.IsNext('"');
        var local = "";
        problem ??= isQuoted ? _in.ReadQuoted(out local) : null;
        local = isQuoted ? local : _in.ReadDotAtom();
        if (problem is not null)
        {
            return problem;
        }

        return local.Length == 0 && !isQuoted ? "the part before @ is missing or malformed" : LocalPart.Format(local, isQuoted, out wire);
    }

    private string? ReadDomain(out string domain)
    {
        _in.SkipBlanks(out var problem);
        domain = _in.IsNext('[') ? _in.ReadLiteral() : _in.ReadDotAtom();
        if (problem is not null || domain.Length == 0)
        {
            return problem ?? "the domain after @ is missing";
        }

        return MailDomain.Normalize(domain, out domain);
    }

    private bool ReadComma() => _in.Take(',');

    private string? ReadEnd()
    {
        _in.SkipBlanks(out var problem);
        if (problem is not null || _in.IsAtEnd)
        {
            return problem;
        }

        return _in.IsNext(',')
            ? "there is more than one address; a name with a comma needs quotation marks around it"
            : "something follows the address";
    }
}
