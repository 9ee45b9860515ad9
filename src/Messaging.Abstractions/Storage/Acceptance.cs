namespace Messaging.Storage;

/// <summary>New deliveries, and the message that they belong to unless that is stored already.</summary>
public sealed record Acceptance
{
    /// <summary>Gets the message; <see langword="null"/> when the deliveries join one that is stored: items of a bulk, steps of a route.</summary>
    public StoredMessage? Message { get; init; }

    /// <summary>Gets the deliveries.</summary>
    public IReadOnlyList<StoredDelivery> Deliveries { get; init; } = [];

    /// <summary>Gets the key under which this is accepted once; <see langword="null"/> for none.</summary>
    public IdempotencyClaim? Idempotency { get; init; }
}
