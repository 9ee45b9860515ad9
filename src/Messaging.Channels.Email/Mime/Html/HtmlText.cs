using System.Globalization;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace Messaging.Channels.Email;

/// <summary>
/// Lays out a document tag by tag. There is no tree: building one takes a time that grows with the square of the depth, and the
/// depth is whatever the author of the html made it.
/// </summary>
internal sealed class HtmlText
{
    private const int MaxDepth = 256;

    private readonly TextLayout _layout = new();
    private readonly List<HtmlFrame> _open = [];
    private int _hidden;
    private int _verbatim;

    /// <summary>Adds text, its character references resolved.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        if (_hidden > 0)
        {
            return;
        }

        if (_verbatim > 0)
        {
            _layout.AddVerbatim(text);
        }
        else
        {
            _layout.AddText(text);
        }
    }

    /// <summary>Begins an element.</summary>
    public void Open(HtmlElement element, ref StructHtmlToken tag)
    {
        if (element.IsVoid)
        {
            AddVoid(element, ref tag);
            return;
        }

        EndImplied(element);
        var isHidden = element.IsHidden || HtmlAttributes.Hide(ref tag);
        if ((_open.Count < MaxDepth || isHidden) && !(_hidden > 0 && (tag.IsSelfClosing || _open.Count >= MaxDepth)))
        {
            Push(element, isHidden, ref tag);
        }
    }

    /// <summary>Ends the innermost open element of a name, and all within it; nothing when there is none.</summary>
    public void Close(ReadOnlySpan<char> name)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(_open[i].Element.Name))
            {
                PopTo(i);
                return;
            }

            if (name is not "table" && _open[i].Element.Name is "table")
            {
                return; // what stands around a table does not end within one of its cells
            }
        }
    }

    public string Finish()
    {
        PopTo(0);
        return _layout.Finish();
    }

    private void AddVoid(HtmlElement element, ref StructHtmlToken tag)
    {
        if (_hidden > 0)
        {
            return;
        }

        switch (element.Name)
        {
            case "br":
                _layout.NewLine();
                break;
            case "hr":
                _layout.Block(1);
                _layout.AddText("----------");
                _layout.Block(1);
                break;
            case "img" when !HtmlAttributes.Hide(ref tag):
                _layout.AddText(tag.GetAttribute("alt"));
                break;
        }
    }

    // End tags that may be left out: of a paragraph before a block, of an item before the next.
    private void EndImplied(HtmlElement element)
    {
        if (element.IsBlock)
        {
            End(static frame => frame.Element.Name == "p", static frame => frame.Element.IsBlock || frame.Element.Name is "td" or "th");
        }

        if (element.Ends.Length > 0)
        {
            End(frame => element.Ends.Contains(frame.Element.Name), frame => element.Within.Contains(frame.Element.Name));
        }
    }

    private void End(Predicate<HtmlFrame> ends, Predicate<HtmlFrame> stops)
    {
        var last = _open.Count;
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (ends(_open[i]))
            {
                last = i;
            }
            else if (stops(_open[i]))
            {
                break;
            }
        }

        PopTo(last);
    }

    private void Push(HtmlElement element, bool isHidden, ref StructHtmlToken tag)
    {
        _hidden += isHidden ? 1 : 0;
        var frame = new HtmlFrame(element, isHidden, _layout.Length);
        if (_hidden == 0)
        {
            Begin(frame, ref tag);
        }

        _open.Add(frame);
    }

    private void Begin(HtmlFrame frame, ref StructHtmlToken tag)
    {
        if (frame.Element.EmptyLines is { } emptyLines)
        {
            frame.Margin = IsTight(frame.Element, ref tag) ? 0 : emptyLines;
            _layout.Block(frame.Margin);
        }

        switch (frame.Element.Name)
        {
            case "a":
                frame.Link = HtmlAttributes.LinkOf(ref tag);
                break;
            case "ol":
                frame.Number = int.TryParse(tag.GetAttribute("start"), CultureInfo.InvariantCulture, out var start) ? start : 1;
                break;
            case "li":
                BeginItem(frame);
                break;
            case "blockquote":
                frame.Prefix = _layout.Indent("> ");
                break;
            case "pre":
                _verbatim++;
                _layout.BeginVerbatim();
                break;
            case "td" or "th":
                _layout.AddSeparator(" | ");
                break;
        }
    }

    // A list in a list, and a table that only arranges, stand without empty lines.
    private bool IsTight(HtmlElement element, ref StructHtmlToken tag) => element.Name switch
    {
        "ul" or "ol" => _open.Count > 0 && _open[^1].Element.Name == "li",
        "table" => tag.GetAttribute("role").ToString() is "presentation" or "none",
        _ => false,
    };

    private void BeginItem(HtmlFrame item)
    {
        var list = _open.FindLast(static frame => frame.Element.Name is "ul" or "ol");
        var bullet = list?.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}. ") : "- ";
        if (list is not null)
        {
            list.Number++;
        }

        item.Prefix = _layout.Indent(new string(' ', bullet.Length));
        _layout.Bullet(bullet);
    }

    private void PopTo(int count)
    {
        while (_open.Count > count)
        {
            var frame = _open[^1];
            _open.RemoveAt(_open.Count - 1);
            if (_hidden == 0)
            {
                Leave(frame);
            }

            _hidden -= frame.IsHidden ? 1 : 0;
        }
    }

    private void Leave(HtmlFrame frame)
    {
        if (frame.Link is { } link)
        {
            AddLink(frame, link);
        }

        if (frame.Prefix is { } prefix)
        {
            _layout.Bullet(null);
            _layout.Outdent(prefix);
        }

        _verbatim -= frame.Element.Name == "pre" ? 1 : 0;
        if (frame.Element.IsBlock)
        {
            _layout.Block(frame.Margin);
        }
    }

    private void AddLink(HtmlFrame frame, string link)
    {
        var text = _layout.TextSince(frame.Start);
        if (text.Length == 0)
        {
            _layout.AddText($" {link} ");
        }
        else if (!HtmlAttributes.Says(text, link))
        {
            _layout.AddText($" ({link})");
        }
    }
}
