using System.Buffers.Binary;
using System.Security.Cryptography;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>
/// Says in 128 bits (SHA-256, cut) what a request asks for, whatever it was rendered to: the same request has the same one, on every machine.
/// Of an attachment that is a stream, the name and type count and the bytes do not: reading them twice would cost more than it proves.
/// </summary>
internal static class Fingerprint
{
    public static UInt128 Of(SendRequest request, BufferPool buffers)
    {
        var buffer = buffers.Rent();
        try
        {
            Write(buffer, request);
            return Hash(buffer.Bytes.WrittenSpan);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    public static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static void Write(PayloadBuffer buffer, SendRequest request)
    {
        buffer.Byte(1);
        Recipients(buffer, request.To);
        Recipients(buffer, request.Cc);
        Recipients(buffer, request.Bcc);
        Texts(buffer, request.From, request.ReplyTo, request.Channel, request.Route, request.Category, request.Reference, request.Locale);
        buffer.Number(request.Priority is { } priority ? (int)priority + 1 : 0);
        buffer.Number((ulong)(request.SendAt?.UtcTicks ?? 0));
        buffer.Number((ulong)(request.ExpiresAt?.UtcTicks ?? 0));
        buffer.Byte(request.Sensitive ? (byte)1 : (byte)0);
        Sorted(buffer, request.Metadata);
        Content(buffer, request.Content);
        Template(buffer, request.Template);
        Attachments(buffer, request.Attachments);
        Extras(buffer, request.Extras);
    }

    private static void Recipients(PayloadBuffer buffer, IReadOnlyList<Recipient> recipients)
    {
        buffer.Number(recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            var recipient = recipients[i];
            Texts(buffer, recipient.ExternalId, recipient.ContactId?.ToString(), recipient.Address?.Kind, recipient.Address?.Value);
            Texts(buffer, recipient.Name, recipient.Locale, recipient.TimeZone);
        }
    }

    private static void Content(PayloadBuffer buffer, MessageContent? content)
    {
        buffer.Byte(content is null ? (byte)0 : (byte)1);
        if (content is null)
        {
            return;
        }

        Texts(buffer, content.Subject, content.Text, content.Html);
        buffer.Number(content.Actions.Count);
        for (var i = 0; i < content.Actions.Count; i++)
        {
            Texts(buffer, content.Actions[i].Label, content.Actions[i].Value);
        }
    }

    private static void Template(PayloadBuffer buffer, TemplateReference? template)
    {
        buffer.Byte(template is null ? (byte)0 : (byte)1);
        if (template is null)
        {
            return;
        }

        Texts(buffer, template.Code);
        buffer.Number((ulong)(template.Version + 1L ?? 0));
        var names = template.Data.Shape.Names.ToArray();
        var values = template.Data.Values.ToArray();
        Array.Sort(names, values, StringComparer.Ordinal);
        DataWriter.Write(buffer, TemplateData.From(new TemplateShape(names), values));
    }

    private static void Attachments(PayloadBuffer buffer, IReadOnlyList<Attachment> attachments)
    {
        buffer.Number(attachments.Count);
        for (var i = 0; i < attachments.Count; i++)
        {
            var attachment = attachments[i];
            Texts(buffer, attachment.FileName, attachment.ContentType, attachment.ContentId, attachment.Source, attachment.SourceKey);
            buffer.Byte(attachment.Content is null ? (byte)0 : (byte)1);
            if (attachment.Content is { } content)
            {
                SHA256.HashData(content.Span, buffer.Bytes.GetSpan(SHA256.HashSizeInBytes));
                buffer.Bytes.Advance(SHA256.HashSizeInBytes);
            }
        }
    }

    private static void Extras(PayloadBuffer buffer, IReadOnlyList<IChannelExtras> extras)
    {
        buffer.Number(extras.Count);
        for (var i = 0; i < extras.Count; i++)
        {
            var properties = new Dictionary<string, string>(StringComparer.Ordinal);
            extras[i].WriteTo(properties);
            Texts(buffer, extras[i].Kind);
            Sorted(buffer, properties);
        }
    }

    private static void Sorted(PayloadBuffer buffer, IReadOnlyCollection<KeyValuePair<string, string>> pairs)
    {
        buffer.Number(pairs.Count);
        if (pairs.Count == 0)
        {
            return;
        }

        var sorted = pairs.ToArray();
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        foreach (var (name, value) in sorted)
        {
            Texts(buffer, name, value);
        }
    }

    /// <summary>Absent and empty are told apart.</summary>
    private static void Texts(PayloadBuffer buffer, params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            buffer.Byte(text is null ? (byte)0 : (byte)1);
            buffer.Text(text);
        }
    }
}
