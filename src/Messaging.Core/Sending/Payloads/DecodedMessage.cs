namespace Messaging.Sending;

/// <summary>A message's payload with its sections found, and none of them read yet but what is asked for.</summary>
internal readonly ref struct DecodedMessage
{
    private readonly ReadOnlyMemory<byte> _metadata;
    private readonly ReadOnlyMemory<byte> _extras;
    private readonly ReadOnlyMemory<byte> _actions;
    private readonly ReadOnlyMemory<byte> _attachments;

    private DecodedMessage(PayloadReader reader)
    {
        while (reader.TrySection(out var tag, out var section))
        {
            switch ((MessageSection)tag)
            {
                case MessageSection.Metadata:
                    _metadata = section;
                    break;
                case MessageSection.From:
                    From = PayloadReader.Text(section);
                    break;
                case MessageSection.ReplyTo:
                    ReplyTo = PayloadReader.Text(section);
                    break;
                case MessageSection.Extras:
                    _extras = section;
                    break;
                case MessageSection.Content:
                    Content = StoredContent.Read(section);
                    break;
                case MessageSection.Actions:
                    _actions = section;
                    break;
                case MessageSection.Attachments:
                    _attachments = section;
                    break;
                case MessageSection.Data:
                    Data = section;
                    break;
            }
        }
    }

    public string? From { get; }

    public string? ReplyTo { get; }

    public StoredContent? Content { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <exception cref="InvalidDataException">The payload is damaged, or of a later version.</exception>
    public static DecodedMessage Read(ReadOnlyMemory<byte> payload) => new(PayloadReader.Open(payload));

    public static IReadOnlyDictionary<string, string> Metadata(ReadOnlyMemory<byte> payload) =>
        PayloadReader.Open(payload).TryFind((byte)MessageSection.Metadata, out var section) ? Pairs(section) : EmptyPairs.Instance;

    public IReadOnlyDictionary<string, string> Metadata() => _metadata.IsEmpty ? EmptyPairs.Instance : Pairs(_metadata);

    /// <summary>Returns the properties of a kind; a later extra wins over an earlier one.</summary>
    public IReadOnlyDictionary<string, string> Extras(string kind)
    {
        if (_extras.IsEmpty)
        {
            return EmptyPairs.Instance;
        }

        var reader = new PayloadReader(_extras);
        Dictionary<string, string>? properties = null;
        for (var left = reader.Length(); left > 0; left--)
        {
            Pairs(ref reader, reader.Text() == kind ? properties ??= new(StringComparer.Ordinal) : null);
        }

        return properties ?? EmptyPairs.Instance;
    }

    public MessageAction[] Actions()
    {
        if (_actions.IsEmpty)
        {
            return [];
        }

        var reader = new PayloadReader(_actions);
        var actions = new MessageAction[reader.Length()];
        for (var i = 0; i < actions.Length; i++)
        {
            actions[i] = new MessageAction(reader.Text(), reader.Text());
        }

        return actions;
    }

    public PayloadAttachment[] Attachments()
    {
        if (_attachments.IsEmpty)
        {
            return [];
        }

        var reader = new PayloadReader(_attachments);
        var attachments = new PayloadAttachment[reader.Length()];
        for (var i = 0; i < attachments.Length; i++)
        {
            attachments[i] = PayloadAttachment.Read(ref reader);
        }

        return attachments;
    }

    private static Dictionary<string, string> Pairs(ReadOnlyMemory<byte> section)
    {
        var reader = new PayloadReader(section);
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        Pairs(ref reader, pairs);
        return pairs;
    }

    private static void Pairs(ref PayloadReader reader, Dictionary<string, string>? into)
    {
        for (var left = reader.Length(); left > 0; left--)
        {
            var name = reader.Text();
            var value = reader.Text();
            if (into is not null)
            {
                into[name] = value;
            }
        }
    }
}
