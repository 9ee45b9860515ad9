namespace Messaging.Storage;

/// <summary>A caller's key, unique within its tenant for as long as it is kept.</summary>
/// <param name="Key">The key.</param>
/// <param name="Fingerprint">A hash of the canonical request: another one under the same key is a conflict.</param>
/// <param name="KeepUntil">The end of the window.</param>
public sealed record IdempotencyClaim(string Key, UInt128 Fingerprint, DateTimeOffset KeepUntil);
