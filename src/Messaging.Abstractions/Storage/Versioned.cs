namespace Messaging.Storage;

/// <summary>An entity and the number of its last change.</summary>
/// <param name="Value">The entity.</param>
/// <param name="Version">1 after the first write; grows by one with each.</param>
public sealed record Versioned<T>(T Value, long Version);
