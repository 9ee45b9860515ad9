using Messaging.Storage;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Renders what was not rendered at accept: items of a bulk, and the later steps of a route.</summary>
internal sealed class DeferredRenderer(BufferPool buffers)
{
    /// <summary>Returns the delivery's payload with rendered content in the place of its data.</summary>
    /// <exception cref="TemplateException">A variable is missing in strict mode, or a limit was reached.</exception>
    public byte[] Render(DeliveryRecord record, IResolvedTemplate template)
    {
        var message = DecodedMessage.Read(record.Message.Payload);
        var delivery = DecodedDelivery.Read(record.Delivery.Payload);
        var data = ShapeCache.Lay(Data(message.Data), Data(delivery.Data));
        var buffer = buffers.Rent();
        try
        {
            var start = DeliveryPayload.Begin(buffer, delivery.Facts(record.Delivery.Address.Kind));
            DeliveryPayload.Render(buffer, template, data, delivery.Locale, Cultures.Zone(delivery.TimeZone) ?? TimeZoneInfo.Utc);
            return buffer.From(start).ToArray();
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private static TemplateData Data(ReadOnlyMemory<byte> section) => section.IsEmpty ? TemplateData.Empty : DataReader.Read(section);
}
