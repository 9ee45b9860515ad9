using System.Buffers.Binary;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Reads what <see cref="StagedRequestWriter"/> wrote. Sections that it does not know are skipped: a later version may have written them.</summary>
internal static class StagedRequestReader
{
    private const int FingerprintBytes = 16;

    /// <exception cref="InvalidDataException">The bytes are damaged, or of a later version.</exception>
    public static StagedRequest Read(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return ReadSections(payload);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // A value that no writer writes: the bytes were changed.
            throw new InvalidDataException("The staged request is damaged.", e);
        }
    }

    private static StagedRequest ReadSections(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
        {
            throw new InvalidDataException("The staged request has no bytes.");
        }

        var reader = PayloadReader.Open(payload);
        var request = new SendRequest { To = default };
        UInt128 fingerprint = default;
        string? trace = null;
        string? code = null;
        int? version = null;
        var data = TemplateData.Empty;
        while (reader.TrySection(out var tag, out var section))
        {
            switch ((StagedSection)tag)
            {
                case StagedSection.Fingerprint when section.Length == FingerprintBytes:
                    fingerprint = BinaryPrimitives.ReadUInt128BigEndian(section.Span);
                    break;
                case StagedSection.Trace:
                    trace = TraceContext.Read(section.Span);
                    break;
                case StagedSection.Template:
                    (code, version) = Template(section);
                    break;
                case StagedSection.Data:
                    data = DataReader.Read(section);
                    break;
                default:
                    request = Apply(request, (StagedSection)tag, section);
                    break;
            }
        }

        return request.To.Count == 0
            ? throw new InvalidDataException("The staged request is damaged: it has no recipient.")
            : new StagedRequest(code is null ? request : request with { Template = new TemplateReference(code) { Version = version, Data = data } }, fingerprint, trace);
    }

    private static SendRequest Apply(SendRequest request, StagedSection tag, ReadOnlyMemory<byte> section) => tag switch
    {
        StagedSection.To => request with { To = RecipientList.Create(Recipients(section)) },
        StagedSection.Cc => request with { Cc = Recipients(section) },
        StagedSection.Bcc => request with { Bcc = Recipients(section) },
        StagedSection.From => request with { From = PayloadReader.Text(section) },
        StagedSection.ReplyTo => request with { ReplyTo = PayloadReader.Text(section) },
        StagedSection.Channel => request with { Channel = PayloadReader.Text(section) },
        StagedSection.Route => request with { Route = PayloadReader.Text(section) },
        StagedSection.Category => request with { Category = PayloadReader.Text(section) },
        StagedSection.IdempotencyKey => request with { IdempotencyKey = PayloadReader.Text(section) },
        StagedSection.Reference => request with { Reference = PayloadReader.Text(section) },
        StagedSection.Locale => request with { Locale = PayloadReader.Text(section) },
        StagedSection.Priority => request with { Priority = (MessagePriority)new PayloadReader(section).Number() },
        StagedSection.SendAt => request with { SendAt = Instant(section) },
        StagedSection.ExpiresAt => request with { ExpiresAt = Instant(section) },
        StagedSection.Sensitive => request with { Sensitive = true },
        StagedSection.Metadata => request with { Metadata = Pairs(section) },
        StagedSection.Extras => request with { Extras = Extras(section) },
        StagedSection.Content => request with { Content = Content(section) },
        StagedSection.Attachments => request with { Attachments = Attachments(section) },
        _ => request,
    };

    private static DateTimeOffset Instant(ReadOnlyMemory<byte> section) => new((long)new PayloadReader(section).Number(), TimeSpan.Zero);

    private static Recipient[] Recipients(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        var recipients = new Recipient[reader.Length()];
        for (var i = 0; i < recipients.Length; i++)
        {
            var type = (RecipientType)reader.Byte();
            var (external, contact) = (Text(ref reader), Text(ref reader));
            var (kind, value) = (Text(ref reader), Text(ref reader));
            var name = Text(ref reader);
            recipients[i] = Recipient(type, external, contact, kind is null ? null : new Address(kind, value ?? ""), name) with
            {
                Name = name,
                Locale = Text(ref reader),
                TimeZone = Text(ref reader),
            };
        }

        return recipients;
    }

    private static Recipient Recipient(RecipientType type, string? external, string? contact, Address? address, string? name) => type switch
    {
        RecipientType.User when external is not null => Messaging.Recipient.User(external),
        RecipientType.Contact when external is not null => Messaging.Recipient.Contact(external),
        RecipientType.Contact when contact is not null => Messaging.Recipient.Contact(new ContactId(Guid.ParseExact(contact, "N"))),
        RecipientType.Guest when address is { } at => Messaging.Recipient.Guest(at, name ?? ""),
        RecipientType.Anonymous when address is { } at => Messaging.Recipient.To(at, name),
        _ => throw new InvalidDataException($"The staged request has a recipient of the unknown type {(int)type}. Update this process."),
    };

    private static Dictionary<string, string> Pairs(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        return Pairs(ref reader);
    }

    private static Dictionary<string, string> Pairs(ref PayloadReader reader)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var left = reader.Length(); left > 0; left--)
        {
            var name = reader.Text();
            pairs[name] = reader.Text();
        }

        return pairs;
    }

    private static IChannelExtras[] Extras(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        var extras = new IChannelExtras[reader.Length()];
        for (var i = 0; i < extras.Length; i++)
        {
            extras[i] = new StagedExtras(reader.Text(), Pairs(ref reader));
        }

        return extras;
    }

    private static MessageContent Content(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        var content = new MessageContent { Subject = Text(ref reader), Text = Text(ref reader), Html = Text(ref reader) };
        var actions = new MessageAction[reader.Length()];
        for (var i = 0; i < actions.Length; i++)
        {
            actions[i] = new MessageAction(reader.Text(), reader.Text());
        }

        return content with { Actions = actions };
    }

    private static (string Code, int? Version) Template(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        return (reader.Text(), reader.Number() is > 0 and var version ? (int)(version - 1) : null);
    }

    private static Attachment[] Attachments(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        var attachments = new Attachment[reader.Length()];
        for (var i = 0; i < attachments.Length; i++)
        {
            var one = PayloadAttachment.Read(ref reader);
            attachments[i] = (one.Kind == PayloadAttachment.Form.Deferred
                ? Attachment.Deferred(one.FileName, one.ContentType, one.Source!, one.Key!)
                : Attachment.FromBytes(one.FileName, one.ContentType, one.Content)) with { ContentId = one.ContentId };
        }

        return attachments;
    }

    private static string? Text(ref PayloadReader reader) => reader.Byte() == 0 ? null : reader.Text();
}
