using System.Text.Json;

namespace Messaging.Storage;

/// <summary>The kind of entity of one type.</summary>
public sealed class EntityKind<T> : IEntityKind
    where T : class, IEntity<T>
{
    /// <inheritdoc/>
    public string Schema => T.Schema.Name;

    /// <inheritdoc/>
    public EntityChange Read(ReadOnlySpan<byte> json) => EntityChange.Put(
        JsonSerializer.Deserialize(json, T.Schema.Json)
            ?? throw new InvalidOperationException($"An entity of the schema '{Schema}' reads as null. Its JSON contract does not write what it reads."),
        expectedVersion: 0);
}
