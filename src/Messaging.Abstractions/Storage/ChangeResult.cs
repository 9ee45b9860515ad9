namespace Messaging.Storage;

/// <summary>What became of a change.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Existing">The message accepted first, for <see cref="ChangeStatus.Duplicate"/> and <see cref="ChangeStatus.Conflict"/> of an acceptance.</param>
/// <param name="Released">How many parked items became ready.</param>
public readonly record struct ChangeResult(ChangeStatus Status, MessageId? Existing = null, int Released = 0);
