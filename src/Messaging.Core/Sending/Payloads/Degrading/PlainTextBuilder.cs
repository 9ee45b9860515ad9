using System.Text;

namespace Messaging.Sending;

/// <summary>Builds plain text as html would lay it out: white space collapses, and blank lines do not add up.</summary>
internal sealed class PlainTextBuilder
{
    private readonly StringBuilder _text = new();
    private bool _space;
    private int _breaks;

    public int Length => _text.Length;

    /// <summary>Adds text whose white space collapses.</summary>
    public void Words(string text)
    {
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) && c != '\u00A0')
            {
                _space = true;
                continue;
            }

            Separate();
            _text.Append(c == '\u00A0' ? ' ' : c);
        }
    }

    /// <summary>Ends the line; more of them add up.</summary>
    public void Break() => _breaks++;

    /// <summary>Makes sure that a new line begins.</summary>
    public void Line() => _breaks = Math.Max(_breaks, 1);

    /// <summary>Makes sure that a blank line stands before what comes.</summary>
    public void Paragraph() => _breaks = Math.Max(_breaks, 2);

    /// <summary>Returns whether what was added from a place on is this text.</summary>
    public bool EndsWith(string text, int start) => _text.Length - start == text.Length && _text.ToString(start, text.Length) == text;

    public override string ToString() => _text.ToString();

    private void Separate()
    {
        if (_text.Length > 0 && _breaks > 0)
        {
            _text.Append('\n', Math.Min(_breaks, 3));
        }
        else if (_text.Length > 0 && _space)
        {
            _text.Append(' ');
        }

        (_space, _breaks) = (false, 0);
    }
}
