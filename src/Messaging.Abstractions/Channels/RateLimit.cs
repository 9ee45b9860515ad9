namespace Messaging.Channels;

/// <summary>So many messages in so much time, with a burst.</summary>
/// <param name="Permits">Messages per <paramref name="Period"/>; 1 or more.</param>
/// <param name="Period">The time over which permits come back evenly; more than zero.</param>
/// <param name="Burst">Messages that may go at once after a pause; 1 or more.</param>
public sealed record RateLimit(int Permits, TimeSpan Period, int Burst);
