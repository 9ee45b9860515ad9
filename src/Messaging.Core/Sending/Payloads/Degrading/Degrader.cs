using System.Globalization;
using System.Net;
using System.Text;
using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>Brings content into what a channel can carry. Does nothing, and copies nothing, for a channel that carries all of it.</summary>
internal static class Degrader
{
    public static StoredContent Fit(StoredContent content, IReadOnlyList<MessageAction> actions, ChannelCapabilities channel)
    {
        if (!channel.Html && !content.Html.IsEmpty)
        {
            content = content with { Text = content.Text.IsEmpty ? HtmlText.From(content.Html.ToString()) : content.Text, Html = default };
        }

        if (!channel.Subject && !content.Subject.IsEmpty)
        {
            content = content with { Subject = default, Text = content.Text.IsEmpty ? content.Subject : $"{content.Subject}\n\n{content.Text}" };
        }

        return channel.Actions || actions.Count == 0 ? content : WithActions(content, actions);
    }

    /// <summary>Whoever makes text of the html later finds the actions there.</summary>
    private static StoredContent WithActions(StoredContent content, IReadOnlyList<MessageAction> actions) => content with
    {
        Text = content.Text.IsEmpty && !content.Html.IsEmpty ? default : Lines(content.Text.ToString(), actions),
        Html = content.Html.IsEmpty ? default : List(content.Html.ToString(), actions),
    };

    private static string Lines(string text, IReadOnlyList<MessageAction> actions)
    {
        var lines = new StringBuilder(text.TrimEnd());
        lines.Append(lines.Length > 0 ? "\n\n" : "");
        for (var i = 0; i < actions.Count; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "\n" : "")}{i + 1}. {actions[i].Label}");
            lines.Append(IsLink(actions[i]) ? ": " + actions[i].Value : "");
        }

        return lines.ToString();
    }

    private static string List(string html, IReadOnlyList<MessageAction> actions)
    {
        var list = new StringBuilder("<ol>");
        foreach (var action in actions)
        {
            var label = WebUtility.HtmlEncode(action.Label);
            list.Append(IsLink(action) ? $"<li><a href=\"{WebUtility.HtmlEncode(action.Value)}\">{label}</a></li>" : $"<li>{label}</li>");
        }

        list.Append("</ol>");
        var end = html.LastIndexOf("</body", StringComparison.OrdinalIgnoreCase);
        return html.Insert(end < 0 ? html.Length : end, list.ToString());
    }

    /// <summary>A payload that would come back from a button means nothing to a reader.</summary>
    private static bool IsLink(MessageAction action) => Uri.TryCreate(action.Value, UriKind.Absolute, out _);
}
