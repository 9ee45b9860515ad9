namespace Messaging.Storage;

/// <summary>One permit from each of several buckets.</summary>
/// <param name="Buckets">The buckets.</param>
public sealed record RateCharge(IReadOnlyList<RateBucket> Buckets);
