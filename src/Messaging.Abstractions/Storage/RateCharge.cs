namespace Messaging.Storage;

/// <summary>One permit from each of several buckets, each of which is named once.</summary>
/// <param name="Buckets">The buckets.</param>
public sealed record RateCharge(IReadOnlyList<RateBucket> Buckets);
