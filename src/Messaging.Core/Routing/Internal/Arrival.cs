using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>What proves that a message reached its recipient.</summary>
internal static class Arrival
{
    /// <summary>Returns whether the evidence holds the best proof that a channel gives. A channel without receipts proves by taking the message.</summary>
    /// <remarks>That the receiving side has it is enough for a channel that also reports reading: nobody is late who reads in the evening.</remarks>
    public static bool IsProven(Evidence evidence, MessageEventType best) =>
        evidence.Has(MessageEventType.Delivered) || evidence.Has(MessageEventType.Read) || evidence.Has(MessageEventType.Replied)
        || (best < MessageEventType.Deferred && HasLeft(evidence));

    /// <summary>Returns whether the provider has had it.</summary>
    public static bool HasLeft(Evidence evidence)
    {
        foreach (var entry in evidence.Entries)
        {
            if (entry.Type is MessageEventType.Submitted or MessageEventType.Sent or MessageEventType.Deferred or MessageEventType.Delivered or MessageEventType.Read)
            {
                return true;
            }
        }

        return false;
    }
}
