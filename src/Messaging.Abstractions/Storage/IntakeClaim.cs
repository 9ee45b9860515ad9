namespace Messaging.Storage;

/// <summary>How much of what is staged to take in.</summary>
public sealed record IntakeClaim
{
    /// <summary>Gets the most messages; the oldest go first.</summary>
    public required int Max { get; init; }

    /// <summary>Gets the newest version of staged bytes to take; see <see cref="StagedMessage.Format"/>.</summary>
    public required int Format { get; init; }

    /// <summary>Gets messages to leave where they are for now.</summary>
    public IReadOnlyCollection<MessageId> Except { get; init; } = [];
}
