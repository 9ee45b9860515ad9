using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Finds the recipients of an attempt and their answers by their places: 0 is To, then Cc, then Bcc.</summary>
internal static class RecipientPlaces
{
    /// <summary>Returns how many recipients an attempt is for.</summary>
    public static int CountOf(OutboundMessage message) => message.OnlyFor.Count > 0 ? message.OnlyFor.Count : 1 + message.Cc.Count + message.Bcc.Count;

    /// <summary>Returns the place of one of them.</summary>
    public static int PlaceOf(OutboundMessage message, int index) => message.OnlyFor.Count > 0 ? message.OnlyFor[index] : index;

    /// <summary>Returns who stands at a place; for To, whom the delivery is for, wherever staging redirects it.</summary>
    public static Address AddressOf(DeliveryRecord record, OutboundMessage message, int place) =>
        place == 0 ? record.Delivery.Address
        : place <= message.Cc.Count ? message.Cc[place - 1].Address
        : message.Bcc[place - 1 - message.Cc.Count].Address;

    /// <summary>Returns what the provider said of the recipient at a place.</summary>
    public static SendResult AnswerOf(SendResult result, int place)
    {
        for (var i = 0; i < result.Recipients.Count; i++)
        {
            if (result.Recipients[i].Recipient == place)
            {
                return result.Recipients[i].Result;
            }
        }

        return result;
    }
}
