using System.Collections.Frozen;
using AngleSharp.Html.Parser;

namespace Messaging.Channels.Email;

/// <summary>What an element means for the text of a document.</summary>
/// <param name="Name">The name, in lower case.</param>
internal sealed record HtmlElement(string Name)
{
    private static readonly FrozenDictionary<string, HtmlElement> Known = All().ToFrozenDictionary(element => element.Name);

    private static readonly FrozenDictionary<string, HtmlElement>.AlternateLookup<ReadOnlySpan<char>> ByName =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Gets how many lines stay empty around it; null when it does not even begin a line.</summary>
    public int? EmptyLines { get; private init; }

    /// <summary>Gets whether it has no content and no end.</summary>
    public bool IsVoid { get; private init; }

    /// <summary>Gets whether its content is nothing to read.</summary>
    public bool IsHidden { get; private init; }

    /// <summary>Gets how its content is read, when not as markup.</summary>
    public HtmlParseMode Content { get; private init; } = HtmlParseMode.PCData;

    /// <summary>Gets the elements that its start ends.</summary>
    public string[] Ends { get; private init; } = [];

    /// <summary>Gets the elements beyond which its start ends nothing.</summary>
    public string[] Within { get; private init; } = [];

    /// <summary>Gets whether paragraphs end where it begins.</summary>
    public bool IsBlock => EmptyLines is not null;

    /// <summary>Finds an element; unknown ones are inline.</summary>
    public static HtmlElement Find(ReadOnlySpan<char> name) => ByName.TryGetValue(name, out var known) ? known : new HtmlElement(name.ToString());

    private static IEnumerable<HtmlElement> All()
    {
        HtmlElement[][] groups =
        [
            [.. Of("br", "hr", "img", "wbr", "input", "meta", "link", "base", "area", "col", "embed", "source", "track", "param", "basefont", "bgsound")
                .Select(element => element with { IsVoid = true })],
            [.. Of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "dl", "figure", "table", "ul", "ol")
                .Select(element => element with { EmptyLines = 1 })],
            [.. Of("div", "section", "article", "header", "footer", "main", "nav", "aside", "form", "fieldset", "center", "address", "caption",
                "figcaption", "details", "summary", "body", "dir", "menu").Select(element => element with { EmptyLines = 0 })],
            [.. Of("li").Select(element => element with { EmptyLines = 0, Ends = ["li"], Within = ["ul", "ol"] })],
            [.. Of("dt", "dd").Select(element => element with { EmptyLines = 0, Ends = ["dt", "dd"], Within = ["dl"] })],
            [.. Of("tr", "tbody", "thead", "tfoot").Select(element => element with { EmptyLines = 0, Ends = ["tr", "td", "th"], Within = ["table"] })],
            [.. Of("td", "th").Select(element => element with { Ends = ["td", "th"], Within = ["table"] })],
            [.. Of("a").Select(element => element with { Ends = ["a"], Within = ["td", "th"] })],
            [.. Of("script").Select(element => element with { IsHidden = true, Content = HtmlParseMode.Script })],
            [.. Of("style", "iframe", "noembed", "noframes", "xmp").Select(element => element with { IsHidden = true, Content = HtmlParseMode.Rawtext })],
            [.. Of("title", "textarea").Select(element => element with { IsHidden = true, Content = HtmlParseMode.RCData })],
            [.. Of("template", "noscript", "svg", "math", "object", "canvas", "audio", "video", "select", "map", "datalist")
                .Select(element => element with { IsHidden = true })],
        ];
        return groups.SelectMany(static group => group);
    }

    private static IEnumerable<HtmlElement> Of(params string[] names) => names.Select(static name => new HtmlElement(name));
}
