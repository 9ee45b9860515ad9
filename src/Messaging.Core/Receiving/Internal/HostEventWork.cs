namespace Messaging.Receiving;

/// <summary>The work of telling the host's handlers of an event. What they get besides is read from the store when they are called.</summary>
internal sealed record HostEventWork
{
    /// <summary>Gets the event's own key: the same in every redelivery.</summary>
    public required string Id { get; init; }

    public required Guid Delivery { get; init; }

    public required MessageEventType Type { get; init; }

    public required DeliveryStatus Status { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? Account { get; init; }

    public Why? Why { get; init; }

    public string? ProviderCode { get; init; }

    /// <summary>Gets how often the handlers were called and failed.</summary>
    public int Failures { get; init; }

    /// <summary>Gets the handlers, by type, that are done with it: only the others are called again.</summary>
    public IReadOnlyList<string> Handled { get; init; } = [];
}
