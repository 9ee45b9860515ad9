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

    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private MailboxParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>Reads a bare address, such as <c>anna@example.com</c>.</summary>
    /// <param name="text">The address.</param>
    /// <param name="address">The address as it goes on the wire.</param>
    /// <param name="problem">What is wrong, as the end of a sentence that does not repeat the address.</param>
    public static bool TryParseAddress(string? text, [NotNullWhen(true)] out string? address, [NotNullWhen(false)] out string? problem)
    {
        address = text;
        problem = CheckText(text);
        if (problem is not null || IsSimple(text!))
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

    // What nearly every address is: no allocation, and the string that came in goes out.
    private static bool IsSimple(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || !LocalPart.IsSimple(text.AsSpan(0, at)))
        {
            return false;
        }

        var domain = text.AsSpan(at + 1);
        if (domain.Length is 0 or > 63 || domain[0] is '-' or '.' || domain[^1] is '-' or '.')
        {
            return false;
        }

        for (var i = 0; i < domain.Length; i++)
        {
            if (!(char.IsAsciiLetterLower(domain[i]) || char.IsAsciiDigit(domain[i])
                || (domain[i] is '.' or '-' && domain[i - 1] is not ('.' or '-') && domain[i + 1] is not ('.' or '-'))))
            {
                return false;
            }
        }

        return true;
    }

    private string? ReadMailbox(out Mailbox mailbox)
    {
        mailbox = default;
        string? name = null;
        var problem = HasAngleBracket() ? ReadPhrase(out name) : null;
        if (problem is not null)
        {
            return problem;
        }

        var isAngle = Take('<');
        problem = ReadAddress(out var address);
        if (problem is null && isAngle && !Take('>'))
        {
            problem = "the angle bracket is not closed";
        }

        mailbox = new Mailbox(string.IsNullOrEmpty(name) ? null : name, address ?? "");
        return problem;
    }

    private readonly bool HasAngleBracket()
    {
        var look = this;
        while (look._at < _text.Length)
        {
            switch (_text[look._at])
            {
                case '<':
                    return true;
                case ',':
                    return false;
                case '"':
                    look.ReadQuoted(out _);
                    break;
                case '(':
                    look.SkipComment();
                    break;
                default:
                    look._at++;
                    break;
            }
        }

        return false;
    }

    private string? ReadPhrase(out string? name)
    {
        name = null;
        var words = new StringBuilder();
        for (var spaced = SkipBlanks(out var problem); problem is null && !IsNext('<'); spaced = SkipBlanks(out problem))
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
        return _at < _text.Length ? null : "a comment is not closed";
    }

    private string? ReadWord(out string word)
    {
        word = "";
        if (IsNext('"'))
        {
            return ReadQuoted(out word);
        }

        var start = _at;
        while (_at < _text.Length && (LocalPart.IsAtext(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        word = _text[start.._at].ToString();
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

        if (!Take('@'))
        {
            return _at < _text.Length ? "the part before @ is malformed" : "it has no @";
        }

        problem = ReadDomain(out var domain);
        address = $"{local}@{domain}";
        return problem;
    }

    private string? ReadLocal(out string wire)
    {
        wire = "";
        SkipBlanks(out var problem);
        var isQuoted = IsNext('"');
        var local = "";
        problem ??= isQuoted ? ReadQuoted(out local) : null;
        local = isQuoted ? local : ReadDotAtom();
        if (problem is not null)
        {
            return problem;
        }

        return local.Length == 0 && !isQuoted ? "the part before @ is missing or malformed" : LocalPart.Format(local, isQuoted, out wire);
    }

    private string? ReadDomain(out string domain)
    {
        SkipBlanks(out var problem);
        domain = IsNext('[') ? ReadLiteral() : ReadDotAtom();
        if (problem is not null || domain.Length == 0)
        {
            return problem ?? "the domain after @ is missing";
        }

        return MailDomain.Normalize(domain, out domain);
    }

    private string ReadDotAtom()
    {
        var start = _at;
        while (_at < _text.Length && (LocalPart.IsAtext(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        return _text[start.._at].ToString();
    }

    private string ReadLiteral()
    {
        var start = _at;
        var end = _text[_at..].IndexOf(']');
        _at = end < 0 ? _text.Length : _at + end + 1;
        return _text[start.._at].ToString();
    }

    private string? ReadQuoted(out string content)
    {
        var text = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
            }

            text.Append(_text[_at]);
        }

        content = text.ToString();
        return _at++ < _text.Length ? null : "a quotation mark is not closed";
    }

    /// <summary>Skips blanks and comments (CFWS).</summary>
    private bool SkipBlanks(out string? problem)
    {
        problem = null;
        var start = _at;
        while (_at < _text.Length && problem is null && _text[_at] is ' ' or '(')
        {
            problem = _text[_at] == '(' ? SkipComment() : Skip();
        }

        return _at > start;
    }

    private string? Skip()
    {
        _at++;
        return null;
    }

    private string? SkipComment()
    {
        var depth = 0;
        for (; _at < _text.Length; _at++)
        {
            depth += _text[_at] switch { '(' => 1, ')' => -1, _ => 0 };
            _at += _text[_at] == '\\' ? 1 : 0;
            if (depth == 0)
            {
                _at++;
                return null;
            }
        }

        _at = _text.Length;
        return "a comment is not closed";
    }

    private bool Take(char c)
    {
        SkipBlanks(out _);
        if (!IsNext(c))
        {
            return false;
        }

        _at++;
        return true;
    }

    private readonly bool IsNext(char c) => _at < _text.Length && _text[_at] == c;

    private bool ReadComma() => Take(',');

    private string? ReadEnd()
    {
        SkipBlanks(out var problem);
        if (problem is not null || _at >= _text.Length)
        {
            return problem;
        }

        return _text[_at] == ','
            ? "there is more than one address; a name with a comma needs quotation marks around it"
            : "something follows the address";
    }
}
