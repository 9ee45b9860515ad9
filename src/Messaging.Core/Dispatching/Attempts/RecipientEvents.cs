using System.Globalization;
using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>What became of the further recipients of a delivery, for its timeline: it says nothing about the delivery's own status.</summary>
internal static class RecipientEvents
{
    public static IReadOnlyList<StoredEvent> Of(DeliveryRecord record, ChannelAccount account, OutboundMessage message, SendResult result, DateTimeOffset now)
    {
        if (result.Recipients.Count == 0 && message.OnlyFor.Count == 0)
        {
            return [];
        }

        List<StoredEvent> events = [];
        for (var i = 0; i < RecipientPlaces.CountOf(message); i++)
        {
            var place = RecipientPlaces.PlaceOf(message, i);
            if (place > 0 && Describe(RecipientPlaces.AnswerOf(result, place)) is var (type, code, text))
            {
                events.Add(Event(record, account, place, type, code, text, now));
            }
        }

        return events;
    }

    private static (MessageEventType Type, string? Code, string Text)? Describe(SendResult answer) => answer switch
    {
        SendResult.Rejected rejected => (MessageEventType.Rejected, rejected.ProviderCode, rejected.ProviderText),
        SendResult.Throttled throttled => (MessageEventType.Deferred, throttled.ProviderCode, throttled.ProviderText),
        SendResult.NotSent notSent => (MessageEventType.Deferred, null, notSent.Why),
        SendResult.Unconfirmed unconfirmed => (MessageEventType.Unconfirmed, null, unconfirmed.Why),
        _ => null,
    };

    private static StoredEvent Event(
        DeliveryRecord record, ChannelAccount account, int recipient, MessageEventType type, string? code, string text, DateTimeOffset now) => new()
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"recipient:{record.Delivery.Id.Value:N}:{record.State.TotalAttempts}:{recipient}"),
            Tenant = record.Delivery.Tenant,
            DeliveryId = record.Delivery.Id,
            Type = type,
            OccurredAt = now,
            ReceivedAt = now,
            Account = account.Name,
            ProviderCode = code,
            ProviderText = string.Create(CultureInfo.InvariantCulture, $"Recipient {recipient} of Cc and Bcc: {text}"),
            Quarantined = true,
        };
}
