using System.Diagnostics;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Writes what all deliveries of a message share.</summary>
internal static class MessagePayload
{
    /// <summary>Writes a payload; returns where it begins.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="request">The request.</param>
    /// <param name="attachments">The attachments that were taken in.</param>
    /// <param name="withData">Whether something is rendered later, and the template's data is needed then.</param>
    public static int Write(PayloadBuffer buffer, SendRequest request, IReadOnlyList<PayloadAttachment> attachments, bool withData = true)
    {
        var start = buffer.Begin();
        TraceContext.Write(buffer, Activity.Current);
        Pairs(buffer, MessageSection.Metadata, request.Metadata);
        buffer.Section((byte)MessageSection.From, request.From);
        buffer.Section((byte)MessageSection.ReplyTo, request.ReplyTo);
        Extras(buffer, request.Extras);
        if (request.Content is { } content)
        {
            Content(buffer, content);
        }

        Attachments(buffer, attachments);
        if (withData && request.Template is { Data.Count: > 0 } template)
        {
            var data = buffer.Begin((byte)MessageSection.Data);
            DataWriter.Write(buffer, template.Data);
            buffer.End(data);
        }

        return start;
    }

    private static void Pairs(PayloadBuffer buffer, MessageSection tag, IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        var section = buffer.Begin((byte)tag);
        Pairs(buffer, pairs);
        buffer.End(section);
    }

    private static void Pairs(PayloadBuffer buffer, IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        buffer.Number(pairs.Count);
        foreach (var (name, value) in pairs)
        {
            buffer.Text(name);
            buffer.Text(value);
        }
    }

    private static void Extras(PayloadBuffer buffer, IReadOnlyList<IChannelExtras> extras)
    {
        if (extras.Count == 0)
        {
            return;
        }

        var section = buffer.Begin((byte)MessageSection.Extras);
        buffer.Number(extras.Count);
        for (var i = 0; i < extras.Count; i++)
        {
            var properties = new Dictionary<string, string>(StringComparer.Ordinal);
            extras[i].WriteTo(properties);
            buffer.Text(extras[i].Kind);
            Pairs(buffer, properties);
        }

        buffer.End(section);
    }

    private static void Content(PayloadBuffer buffer, MessageContent content)
    {
        StoredContent.Write(buffer, (byte)MessageSection.Content, content, static (b, c) => new RenderedLengths(b.Utf8(c.Subject), b.Utf8(c.Text), b.Utf8(c.Html)));
        if (content.Actions.Count == 0)
        {
            return;
        }

        var section = buffer.Begin((byte)MessageSection.Actions);
        buffer.Number(content.Actions.Count);
        for (var i = 0; i < content.Actions.Count; i++)
        {
            buffer.Text(content.Actions[i].Label);
            buffer.Text(content.Actions[i].Value);
        }

        buffer.End(section);
    }

    private static void Attachments(PayloadBuffer buffer, IReadOnlyList<PayloadAttachment> attachments)
    {
        if (attachments.Count == 0)
        {
            return;
        }

        var section = buffer.Begin((byte)MessageSection.Attachments);
        buffer.Number(attachments.Count);
        for (var i = 0; i < attachments.Count; i++)
        {
            attachments[i].Write(buffer);
        }

        buffer.End(section);
    }
}
