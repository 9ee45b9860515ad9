using Messaging.Storage;

namespace Messaging.Sending;

/// <inheritdoc cref="IPayloadFacts"/>
internal sealed class PayloadFacts : IPayloadFacts
{
    public string? TimeZoneOf(DeliveryRecord record) =>
        Find(record.Delivery.Payload, (byte)DeliverySection.TimeZone) is { IsEmpty: false } zone ? PayloadReader.Text(zone) : null;

    public bool IsAboutCopies(DeliveryRecord record) =>
        !record.Delivery.Payload.IsEmpty && DecodedDelivery.Read(record.Delivery.Payload).Answered?.Contains(record.Delivery.Address.Value) == true;

    public IReadOnlyDictionary<string, string> MetadataOf(StoredMessage message) => DecodedMessage.Metadata(message.Payload);

    public string? TraceParentOf(StoredMessage message) =>
        Find(message.Payload, (byte)MessageSection.Trace) is { IsEmpty: false } trace ? TraceContext.Read(trace.Span) : null;

    public MessageContent? ContentOf(StoredMessage message)
    {
        if (message.Sensitive)
        {
            return null;
        }

        var decoded = DecodedMessage.Read(message.Payload);
        return decoded.Content is { } content ? Content(content, decoded.Actions()) : null;
    }

    public MessageContent? ContentOf(DeliveryRecord record)
    {
        if (record.Message.Sensitive)
        {
            return null;
        }

        var own = DecodedDelivery.Read(record.Delivery.Payload);
        return own.Content is { } content ? Content(content, []) : ContentOf(record.Message);
    }

    private static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> payload, byte tag) =>
        PayloadReader.Open(payload).TryFind(tag, out var section) ? section : default;

    private static MessageContent Content(StoredContent content, IReadOnlyList<MessageAction> actions) => new()
    {
        Subject = Text(content.Subject),
        Text = Text(content.Text),
        Html = Text(content.Html),
        Actions = actions,
    };

    private static string? Text(Utf8Text text) => text.IsEmpty ? null : text.ToString();
}
