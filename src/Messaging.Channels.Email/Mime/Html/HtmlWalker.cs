using System.Globalization;
using AngleSharp.Dom;

namespace Messaging.Channels.Email;

/// <summary>Goes through a document and lays out its text. Without recursion: depth is the sender's choice, the stack is ours.</summary>
internal sealed class HtmlWalker(TextLayout layout)
{
    private readonly Stack<Frame> _frames = new();
    private int _verbatim;

    public void Walk(INode root)
    {
        var node = root;
        while (true)
        {
            if (Enter(node) && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (true)
            {
                Leave(node);
                if (node == root)
                {
                    return;
                }

                if (node.NextSibling is { } next)
                {
                    node = next;
                    break;
                }

                node = node.Parent!;
            }
        }
    }

    /// <summary>Begins a node.</summary>
    /// <returns>Whether its children count.</returns>
    private bool Enter(INode node)
    {
        switch (node)
        {
            case IText text when _verbatim > 0:
                layout.AddVerbatim(text.Data);
                return false;
            case IText text:
                layout.AddText(text.Data);
                return false;
            case IElement element when !HtmlRules.IsHidden(element):
                Enter(element);
                return true;
            default:
                return false;
        }
    }

    private void Enter(IElement element)
    {
        var name = element.LocalName;
        if (HtmlRules.EmptyLinesAround(element) is { } emptyLines)
        {
            layout.Block(emptyLines);
        }

        switch (name)
        {
            case "br":
                layout.NewLine();
                break;
            case "hr":
                layout.AddText("----------");
                break;
            case "img":
                layout.AddText(element.GetAttribute("alt"));
                break;
            case "a" or "pre" or "ul" or "ol" or "tr" or "blockquote" or "li" or "td" or "th":
                _verbatim += name == "pre" ? 1 : 0;
                _frames.Push(Open(element, name));
                break;
        }
    }

    private Frame Open(IElement element, string name) => name switch
    {
        "ol" => new Frame(element) { Number = int.TryParse(element.GetAttribute("start"), CultureInfo.InvariantCulture, out var start) ? start : 1 },
        "ul" => new Frame(element) { Number = null },
        "li" => new Frame(element) { Prefix = OpenItem() },
        "blockquote" => new Frame(element) { Prefix = layout.Indent("> ") },
        "tr" => new Frame(element) { IsDataRow = HtmlRules.IsDataRow(element), Start = layout.Length },
        "td" or "th" => OpenCell(element),
        _ => new Frame(element) { Start = layout.Length },
    };

    private string OpenItem()
    {
        var list = _frames.TryPeek(out var frame) && frame.Element.LocalName is "ul" or "ol" ? frame : null;
        var bullet = list?.Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}. ") : "- ";
        if (list is not null)
        {
            list.Number++;
        }

        var before = layout.Indent(new string(' ', bullet.Length));
        layout.Bullet(bullet);
        return before;
    }

    private Frame OpenCell(IElement element)
    {
        if (_frames.TryPeek(out var row) && row is { IsDataRow: true })
        {
            if (layout.Length > row.Start)
            {
                layout.AddSeparator(" | ");
            }
        }
        else
        {
            layout.Block(0);
        }

        return new Frame(element);
    }

    private void Leave(INode node)
    {
        if (node is not IElement element)
        {
            return;
        }

        if (_frames.TryPeek(out var frame) && frame.Element == element)
        {
            _frames.Pop();
            Close(frame);
        }

        if (HtmlRules.EmptyLinesAround(element) is { } emptyLines && !HtmlRules.IsHidden(element))
        {
            layout.Block(emptyLines);
        }
    }

    private void Close(Frame frame)
    {
        switch (frame.Element.LocalName)
        {
            case "a":
                AddLink(frame);
                break;
            case "pre":
                _verbatim--;
                break;
        }

        if (frame.Prefix is { } prefix)
        {
            layout.Bullet(null);
            layout.Outdent(prefix);
        }
    }

    private void AddLink(Frame frame)
    {
        if (HtmlRules.LinkOf(frame.Element) is not { } link)
        {
            return;
        }

        var text = layout.TextSince(frame.Start);
        if (text.Length == 0)
        {
            layout.AddText(link);
        }
        else if (!HtmlRules.Says(text, link))
        {
            layout.AddText($" ({link})");
        }
    }

    /// <summary>An open element that something is to be remembered of.</summary>
    private sealed class Frame(IElement element)
    {
        public IElement Element { get; } = element;

        public int Start { get; init; }

        public int? Number { get; set; }

        public string? Prefix { get; init; }

        public bool IsDataRow { get; init; }
    }
}
