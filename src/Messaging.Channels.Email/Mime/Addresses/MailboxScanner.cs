using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Reads the tokens of mailboxes: blanks and comments, dot-atoms, quoted strings, literals (RFC 5322 §3.2).</summary>
internal ref struct MailboxScanner
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    public MailboxScanner(ReadOnlySpan<char> text) => _text = text;

    public readonly bool IsAtEnd => _at >= _text.Length;

    /// <summary>Returns whether the next mailbox has its address in angle brackets.</summary>
    public readonly bool HasAngleBracket()
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

    /// <summary>Reads a dot-atom, or nothing.</summary>
    public string ReadDotAtom()
    {
        var start = _at;
        while (_at < _text.Length && (LocalPart.IsAtext(_text[_at]) || _text[_at] == '.'))
        {
            _at++;
        }

        return _text[start.._at].ToString();
    }

    /// <summary>Reads an address literal with its brackets.</summary>
    public string ReadLiteral()
    {
        var start = _at;
        var end = _text[_at..].IndexOf(']');
        _at = end < 0 ? _text.Length : _at + end + 1;
        return _text[start.._at].ToString();
    }

    /// <summary>Reads a quoted string, without its quotation marks.</summary>
    /// <returns>What is wrong with it.</returns>
    public string? ReadQuoted(out string content)
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
    public bool SkipBlanks(out string? problem)
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

    /// <summary>Takes a character after blanks and comments, if it is the next.</summary>
    public bool Take(char c)
    {
        SkipBlanks(out _);
        if (!IsNext(c))
        {
            return false;
        }

        _at++;
        return true;
    }

    public readonly bool IsNext(char c) => _at < _text.Length && _text[_at] == c;
}
