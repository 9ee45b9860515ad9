namespace Messaging;

/// <summary>A delivery with everything that happened to it.</summary>
public sealed record DeliveryDetails
{
    /// <summary>Gets the row.</summary>
    public required DeliverySummary Summary { get; init; }

    /// <summary>Gets the address. Personal data: show it only to those who may see it.</summary>
    public required Address Address { get; init; }

    /// <summary>Gets what was or will be sent; <see langword="null"/> when it was sensitive and is gone, or is rendered later.</summary>
    public MessageContent? Content { get; init; }

    /// <summary>Gets what happened, oldest first.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>Gets what the recipient did, beside the status.</summary>
    public IReadOnlyList<MessageEventType> Engagement { get; init; } = [];
}
