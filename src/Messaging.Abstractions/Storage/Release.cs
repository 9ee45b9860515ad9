namespace Messaging.Storage;

/// <summary>Makes everything that is parked under a key ready.</summary>
/// <param name="ParkKey">The key.</param>
/// <param name="Max">The most to release; the oldest go first.</param>
public sealed record Release(string ParkKey, int Max = int.MaxValue);
