using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Reads single facts out of payloads, without making a message of them.</summary>
internal interface IPayloadFacts
{
    /// <summary>Returns the recipient's IANA time zone, for gates; <see langword="null"/> when nobody knows.</summary>
    string? TimeZoneOf(DeliveryRecord record);

    /// <summary>Returns whether the recipient in To was answered for, and only some of Cc and Bcc are still tried.</summary>
    bool IsAboutCopies(DeliveryRecord record);

    /// <summary>Returns the caller's metadata, for the host's event handlers; empty when the payload is gone.</summary>
    IReadOnlyDictionary<string, string> MetadataOf(StoredMessage message);

    /// <summary>Returns the W3C <c>traceparent</c> of the caller, so that attempts are linked to it; <see langword="null"/> when nobody traced.</summary>
    string? TraceParentOf(StoredMessage message);

    /// <summary>Returns the content that all deliveries share; <see langword="null"/> when it is made from a template, or was sensitive.</summary>
    MessageContent? ContentOf(StoredMessage message);

    /// <summary>Returns what was or will be sent, before a channel's limits change it; <see langword="null"/> when it is rendered later, or was sensitive.</summary>
    MessageContent? ContentOf(DeliveryRecord record);
}
