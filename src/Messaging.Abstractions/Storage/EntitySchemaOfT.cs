using System.Text.Json.Serialization.Metadata;

namespace Messaging.Storage;

/// <summary>How a store keeps one kind of entity: as JSON, with indexes beside it. Built once, then only read.</summary>
public sealed class EntitySchema<T> : EntitySchema
    where T : class
{
    private readonly List<EntityIndex<T>> _indexes = [];

    /// <summary>Initializes a schema without indexes.</summary>
    /// <param name="name">The name: snake case, stable once released.</param>
    /// <param name="json">How the entity is written; source generated.</param>
    public EntitySchema(string name, JsonTypeInfo<T> json)
        : base(name) => Json = json;

    /// <summary>Gets how the entity is written.</summary>
    public JsonTypeInfo<T> Json { get; }

    /// <summary>Gets the indexes.</summary>
    public IReadOnlyList<EntityIndex<T>> Indexes => _indexes;

    /// <summary>Adds an index of values that no two entities of a tenant share; <see langword="null"/> is not indexed.</summary>
    public EntitySchema<T> Unique(string name, Func<T, string?> value) =>
        Add(new(name, EntityIndexType.Unique, e => value(e) is { } v ? [v] : []));

    /// <summary>Adds an index of any number of values for each entity.</summary>
    public EntitySchema<T> Many(string name, Func<T, IEnumerable<string>> values) => Add(new(name, EntityIndexType.Many, values));

    /// <summary>Adds an index that a query can be ordered by; ordinal.</summary>
    public EntitySchema<T> Sorted(string name, Func<T, string?> value) =>
        Add(new(name, EntityIndexType.Sorted, e => value(e) is { } v ? [v] : []));

    /// <summary>Adds an index of words: a query finds beginnings of words, ignoring case.</summary>
    public EntitySchema<T> Text(string name, Func<T, string?> value) =>
        Add(new(name, EntityIndexType.Text, e => value(e) is { } v ? [v] : []));

    private EntitySchema<T> Add(EntityIndex<T> index)
    {
        _indexes.Add(index);
        return this;
    }
}
