namespace Messaging;

/// <summary>What became of a send request.</summary>
public sealed record SendReceipt
{
    /// <summary>Gets the message; of a duplicate or conflict, the one that was accepted first.</summary>
    public required MessageId MessageId { get; init; }

    /// <summary>Gets the outcome; with several recipients, the best of theirs.</summary>
    public required SendStatus Status { get; init; }

    /// <summary>Gets the reason of anything but a plain acceptance.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets the outcome for each recipient of <see cref="SendRequest.To"/>, in its order. Empty for a duplicate or conflict.</summary>
    public IReadOnlyList<DeliveryReceipt> Deliveries { get; init; } = [];
}
