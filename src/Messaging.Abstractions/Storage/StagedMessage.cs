namespace Messaging.Storage;

/// <summary>A request that stands in a host's own transaction: checked, written down, and not yet taken in. Immutable.</summary>
public sealed record StagedMessage
{
    /// <summary>Gets the identity that the message will have; it is taken in once under it, however often that is tried.</summary>
    public required MessageId Id { get; init; }

    /// <summary>Gets the owner.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets when the request was staged.</summary>
    public required DateTimeOffset StagedAt { get; init; }

    /// <summary>Gets the version of the bytes. A process takes in what is not newer than its own <see cref="IMessageStaging.Format"/>; the rest waits for one that can.</summary>
    public required int Format { get; init; }

    /// <summary>Gets the request, as only the suite's core reads it.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
