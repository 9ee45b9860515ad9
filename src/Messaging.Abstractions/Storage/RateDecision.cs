namespace Messaging.Storage;

/// <summary>Whether a charge was granted.</summary>
/// <param name="Granted">Whether every bucket gave a permit.</param>
/// <param name="RetryAt">The exact moment at which all buckets would grant, if nobody else came; now, when granted.</param>
/// <param name="LimitedBy">The place of the bucket that makes the wait; -1 when granted.</param>
public readonly record struct RateDecision(bool Granted, DateTimeOffset RetryAt, int LimitedBy);
