using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Lays out text the way a browser would: blanks collapse, blocks begin on a new line, margins do not add up.</summary>
internal sealed class TextLayout
{
    private const int MaxPrefix = 40;

    private readonly StringBuilder _text = new();
    private string _prefix = "";
    private string _linePrefix = "";
    private string? _bullet;
    private int _contentStart;
    private int _lineEnds;
    private bool _blank;
    private bool _dropLineEnd;
    private string? _separator;

    /// <summary>Gets the length of what was written, to find out whether something was.</summary>
    public int Length => _text.Length;

    /// <summary>Adds text whose blanks collapse.</summary>
    public void AddText(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is ' ' or '\t' or '\r' or '\n' or '\f' or '\u00A0')
            {
                _blank = true;
            }
            else if (!IsFiller(c))
            {
                Put(c);
            }
        }
    }

    /// <summary>Begins text that is added as it stands; a line end right at its start does not count.</summary>
    public void BeginVerbatim() => _dropLineEnd = true;

    /// <summary>Adds text as it stands, line ends included.</summary>
    public void AddVerbatim(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            var isDropped = _dropLineEnd && c == '\n';
            _dropLineEnd &= c == '\r';
            if (isDropped)
            {
                continue;
            }

            if (c == '\n')
            {
                NewLine();
            }
            else
            {
                Put(c == '\t' ? ' ' : c);
            }
        }
    }

    /// <summary>Puts something between what is on the line and what follows on it; nothing when either is missing.</summary>
    public void AddSeparator(string separator) => _separator = separator;

    /// <summary>Gets what was written since <paramref name="start"/>, as far as it is on one line, without prefix and blanks around it.</summary>
    public string TextSince(int start)
    {
        var from = Math.Max(start, _contentStart);
        return _text.ToString(from, _text.Length - from).Trim();
    }

    /// <summary>Ends the line, also an empty one.</summary>
    public void NewLine()
    {
        _lineEnds++;
        _blank = false;
    }

    /// <summary>Begins a block: ends the line if something is on it, and leaves empty lines.</summary>
    public void Block(int emptyLines)
    {
        _blank = false;
        _separator = null;
        _lineEnds = Math.Max(_lineEnds, emptyLines + 1);
    }

    /// <summary>Adds to what every following line begins with.</summary>
    /// <returns>What to hand to <see cref="Outdent"/>.</returns>
    public string Indent(string prefix)
    {
        var before = _prefix;
        _prefix = _prefix.Length + prefix.Length > MaxPrefix ? _prefix : _prefix + prefix;
        return before;
    }

    /// <summary>Goes back to an earlier prefix.</summary>
    public void Outdent(string prefix) => _prefix = prefix;

    /// <summary>Puts a bullet in the place of the end of the prefix of the next line; null takes one back that was not used.</summary>
    public void Bullet(string? bullet) => _bullet = bullet;

    /// <summary>Gets the text.</summary>
    public string Finish() => _text.Length == 0 ? "" : _text.Append('\n').ToString();

    // Invisible characters that newsletters fill the preview with. The joiners stay: scripts and emoji need them.
    private static bool IsFiller(char c) => c is '\u200B' or '\uFEFF' or '\u00AD' or '\u034F' or '\u2060';

    private void Put(char c)
    {
        if (char.IsControl(c))
        {
            return;
        }

        if (_lineEnds > 0 || _text.Length == 0)
        {
            BeginLine();
        }
        else if (_separator is not null)
        {
            _text.Append(_separator);
            _contentStart = _text.Length;
        }
        else if (_blank)
        {
            _text.Append(' ');
        }

        _separator = null;
        _blank = false;
        _text.Append(c);
    }

    private void BeginLine()
    {
        if (_text.Length > 0)
        {
            // An empty line belongs to what stands on both sides of it.
            var common = _prefix.AsSpan(0, _prefix.AsSpan().CommonPrefixLength(_linePrefix)).TrimEnd();
            _text.Append('\n');
            for (var i = Math.Min(_lineEnds, 3); i > 1; i--)
            {
                _text.Append(common).Append('\n');
            }
        }

        _lineEnds = 0;
        _linePrefix = _prefix;
        AppendPrefix();
        _contentStart = _text.Length;
    }

    private void AppendPrefix()
    {
        if (_bullet is null || _bullet.Length > _prefix.Length)
        {
            _text.Append(_prefix).Append(_bullet);
        }
        else
        {
            _text.Append(_prefix.AsSpan(0, _prefix.Length - _bullet.Length)).Append(_bullet);
        }

        _bullet = null;
    }
}
