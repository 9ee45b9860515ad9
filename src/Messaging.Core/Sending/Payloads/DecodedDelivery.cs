using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>A delivery's payload with its sections found.</summary>
internal readonly ref struct DecodedDelivery
{
    private readonly ReadOnlyMemory<byte> _cc;
    private readonly ReadOnlyMemory<byte> _bcc;

    private DecodedDelivery(PayloadReader reader)
    {
        while (reader.TrySection(out var tag, out var section))
        {
            switch ((DeliverySection)tag)
            {
                case DeliverySection.Name:
                    Name = PayloadReader.Text(section);
                    break;
                case DeliverySection.Locale:
                    Locale = PayloadReader.Text(section);
                    break;
                case DeliverySection.TimeZone:
                    TimeZone = PayloadReader.Text(section);
                    break;
                case DeliverySection.Cc:
                    _cc = section;
                    break;
                case DeliverySection.Bcc:
                    _bcc = section;
                    break;
                case DeliverySection.TemplateVersion:
                    TemplateVersion = (int)new PayloadReader(section).Number();
                    break;
                case DeliverySection.Data:
                    Data = section;
                    break;
                case DeliverySection.Content:
                    Content = StoredContent.Read(section);
                    break;
                case DeliverySection.Answered:
                    Answered = AnsweredSection.Read(section, Answered);
                    break;
            }
        }
    }

    public string? Name { get; }

    public string? Locale { get; }

    public string? TimeZone { get; }

    public int? TemplateVersion { get; }

    public ReadOnlyMemory<byte> Data { get; }

    public StoredContent? Content { get; }

    /// <summary>Gets the addresses that have a final answer from an earlier attempt; <see langword="null"/> means none.</summary>
    public HashSet<string>? Answered { get; }

    /// <exception cref="InvalidDataException">The payload is damaged, or of a later version.</exception>
    public static DecodedDelivery Read(ReadOnlyMemory<byte> payload) => new(PayloadReader.Open(payload));

    public OutboundRecipient[] Cc(string kind) => Recipients(_cc, kind);

    public OutboundRecipient[] Bcc(string kind) => Recipients(_bcc, kind);

    /// <summary>Returns what a payload with rendered content says of the recipient.</summary>
    public DeliveryFacts Facts(string kind) => new()
    {
        Name = Name,
        Locale = Locale,
        TimeZone = TimeZone,
        TemplateVersion = TemplateVersion,
        Cc = Cc(kind),
        Bcc = Bcc(kind),
    };

    private static OutboundRecipient[] Recipients(ReadOnlyMemory<byte> section, string kind)
    {
        if (section.IsEmpty)
        {
            return [];
        }

        var reader = new PayloadReader(section);
        var recipients = new OutboundRecipient[reader.Length()];
        for (var i = 0; i < recipients.Length; i++)
        {
            recipients[i] = new OutboundRecipient(new Address(kind, reader.Text()), reader.Text() is { Length: > 0 } name ? name : null);
        }

        return recipients;
    }
}
