namespace Messaging.Storage;

/// <summary>An index of entities.</summary>
/// <param name="Name">The name: snake case, stable once released.</param>
/// <param name="Type">The kind.</param>
/// <param name="Values">What an entity is found by.</param>
public sealed record EntityIndex<T>(string Name, EntityIndexType Type, Func<T, IEnumerable<string>> Values);
