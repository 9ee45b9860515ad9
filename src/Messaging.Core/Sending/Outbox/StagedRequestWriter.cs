using System.Buffers.Binary;
using System.Diagnostics;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Writes a request down so that it can be taken in later, by this process or another one.</summary>
internal static class StagedRequestWriter
{
    /// <summary>The version of the bytes that this process writes. The first byte of the payload repeats it.</summary>
    public const int Format = PayloadBuffer.FormatVersion;

    private const int FingerprintBytes = 16;

    /// <summary>Writes a request.</summary>
    /// <param name="buffer">Where to; empty.</param>
    /// <param name="request">The request; it is valid.</param>
    /// <param name="attachments">Its attachments, read.</param>
    /// <param name="fingerprint">What it asks for.</param>
    public static void Write(PayloadBuffer buffer, SendRequest request, IReadOnlyList<PayloadAttachment> attachments, UInt128 fingerprint)
    {
        buffer.Begin();
        TraceContext.Write(buffer, Activity.Current, (byte)StagedSection.Trace);
        Recipients(buffer, StagedSection.To, request.To);
        Recipients(buffer, StagedSection.Cc, request.Cc);
        Recipients(buffer, StagedSection.Bcc, request.Bcc);
        Texts(buffer, request);
        Numbers(buffer, request);
        Pairs(buffer, request.Metadata);
        Extras(buffer, request.Extras);
        Content(buffer, request.Content);
        Template(buffer, request.Template);
        Attachments(buffer, attachments);
        buffer.Byte((byte)StagedSection.Fingerprint);
        buffer.Number(FingerprintBytes);
        BinaryPrimitives.WriteUInt128BigEndian(buffer.Bytes.GetSpan(FingerprintBytes), fingerprint);
        buffer.Bytes.Advance(FingerprintBytes);
    }

    private static void Texts(PayloadBuffer buffer, SendRequest request)
    {
        buffer.Section((byte)StagedSection.From, request.From);
        buffer.Section((byte)StagedSection.ReplyTo, request.ReplyTo);
        buffer.Section((byte)StagedSection.Channel, request.Channel);
        buffer.Section((byte)StagedSection.Route, request.Route);
        buffer.Section((byte)StagedSection.Category, request.Category);
        buffer.Section((byte)StagedSection.IdempotencyKey, request.IdempotencyKey);
        buffer.Section((byte)StagedSection.Reference, request.Reference);
        buffer.Section((byte)StagedSection.Locale, request.Locale);
    }

    private static void Numbers(PayloadBuffer buffer, SendRequest request)
    {
        Number(buffer, StagedSection.Priority, request.Priority is { } priority ? (ulong)priority : null);
        Number(buffer, StagedSection.SendAt, (ulong?)request.SendAt?.UtcTicks);
        Number(buffer, StagedSection.ExpiresAt, (ulong?)request.ExpiresAt?.UtcTicks);
        if (request.Sensitive)
        {
            buffer.Byte((byte)StagedSection.Sensitive);
            buffer.Number(0);
        }
    }

    private static void Number(PayloadBuffer buffer, StagedSection tag, ulong? value)
    {
        if (value is { } number)
        {
            var section = buffer.Begin((byte)tag);
            buffer.Number(number);
            buffer.End(section);
        }
    }

    private static void Recipients(PayloadBuffer buffer, StagedSection tag, IReadOnlyList<Recipient> recipients)
    {
        if (recipients.Count == 0)
        {
            return;
        }

        var section = buffer.Begin((byte)tag);
        buffer.Number(recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            var recipient = recipients[i];
            buffer.Byte((byte)recipient.Type);
            Text(buffer, recipient.ExternalId);
            Text(buffer, recipient.ContactId?.Value.ToString("N"));
            Text(buffer, recipient.Address?.Kind);
            Text(buffer, recipient.Address?.Value);
            Text(buffer, recipient.Name);
            Text(buffer, recipient.Locale);
            Text(buffer, recipient.TimeZone);
        }

        buffer.End(section);
    }

    private static void Pairs(PayloadBuffer buffer, IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.Count > 0)
        {
            var section = buffer.Begin((byte)StagedSection.Metadata);
            WritePairs(buffer, pairs);
            buffer.End(section);
        }
    }

    private static void WritePairs(PayloadBuffer buffer, IReadOnlyCollection<KeyValuePair<string, string>> pairs)
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

        var section = buffer.Begin((byte)StagedSection.Extras);
        buffer.Number(extras.Count);
        for (var i = 0; i < extras.Count; i++)
        {
            var properties = new Dictionary<string, string>(StringComparer.Ordinal);
            extras[i].WriteTo(properties);
            buffer.Text(extras[i].Kind);
            WritePairs(buffer, properties);
        }

        buffer.End(section);
    }

    private static void Content(PayloadBuffer buffer, MessageContent? content)
    {
        if (content is null)
        {
            return;
        }

        var section = buffer.Begin((byte)StagedSection.Content);
        Text(buffer, content.Subject);
        Text(buffer, content.Text);
        Text(buffer, content.Html);
        buffer.Number(content.Actions.Count);
        for (var i = 0; i < content.Actions.Count; i++)
        {
            buffer.Text(content.Actions[i].Label);
            buffer.Text(content.Actions[i].Value);
        }

        buffer.End(section);
    }

    private static void Template(PayloadBuffer buffer, TemplateReference? template)
    {
        if (template is null)
        {
            return;
        }

        var section = buffer.Begin((byte)StagedSection.Template);
        buffer.Text(template.Code);
        buffer.Number((ulong)(template.Version + 1L ?? 0));
        buffer.End(section);
        if (template.Data.Count > 0)
        {
            section = buffer.Begin((byte)StagedSection.Data);
            DataWriter.Write(buffer, template.Data);
            buffer.End(section);
        }
    }

    private static void Attachments(PayloadBuffer buffer, IReadOnlyList<PayloadAttachment> attachments)
    {
        if (attachments.Count == 0)
        {
            return;
        }

        var section = buffer.Begin((byte)StagedSection.Attachments);
        buffer.Number(attachments.Count);
        for (var i = 0; i < attachments.Count; i++)
        {
            attachments[i].Write(buffer);
        }

        buffer.End(section);
    }

    /// <summary>Absent and empty are told apart.</summary>
    private static void Text(PayloadBuffer buffer, string? text)
    {
        buffer.Byte(text is null ? (byte)0 : (byte)1);
        if (text is not null)
        {
            buffer.Text(text);
        }
    }
}
