namespace Messaging;

/// <summary>What became of a bulk send. Refused items are read by cursor from <see cref="IMessageHistory.RefusedAsync"/>.</summary>
/// <param name="MessageId">The message that all deliveries belong to.</param>
/// <param name="Accepted">Items newly stored that will be sent, now or later.</param>
/// <param name="Duplicates">Items that were there already, and skipped.</param>
/// <param name="Suppressed">Items stored for the record that will not be sent.</param>
/// <param name="Refused">Items that could not be accepted as they were.</param>
public sealed record BulkReceipt(MessageId MessageId, long Accepted, long Duplicates, long Suppressed, long Refused)
{
    /// <summary>Gets the outcome of the whole: <see cref="SendStatus.Accepted"/>, or <see cref="SendStatus.Conflict"/> when the key was used for another message.</summary>
    public SendStatus Status { get; init; } = SendStatus.Accepted;
}
