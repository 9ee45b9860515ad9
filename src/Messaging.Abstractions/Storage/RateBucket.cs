using Messaging.Channels;

namespace Messaging.Storage;

/// <summary>A bucket of permits.</summary>
/// <param name="Key">What it is kept under; holds no address in the clear.</param>
/// <param name="Limit">Its size and speed.</param>
public readonly record struct RateBucket(string Key, RateLimit Limit);
