namespace Messaging.Storage;

/// <summary>That something happened in a generation, and when first and last.</summary>
/// <param name="Type">What.</param>
/// <param name="Generation">In which generation of the delivery.</param>
/// <param name="First">When first, by the reporter's clock.</param>
/// <param name="Last">When last.</param>
public readonly record struct EvidenceEntry(MessageEventType Type, int Generation, DateTimeOffset First, DateTimeOffset Last);
