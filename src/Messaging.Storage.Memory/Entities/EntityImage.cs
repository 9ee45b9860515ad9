namespace Messaging.Storage.Memory;

/// <summary>All entities, by schema. Not thread safe: the store's lock guards it.</summary>
internal sealed class EntityImage
{
    private readonly Dictionary<string, IEntityTable> _tables = new(StringComparer.Ordinal);

    public EntityTable<T> Table<T>()
        where T : class, IEntity<T>
    {
        if (_tables.TryGetValue(T.Schema.Name, out var table))
        {
            return table as EntityTable<T> ?? throw new InvalidOperationException(
                $"Two entity types use the schema name '{T.Schema.Name}': {typeof(T)} and {table.EntityType}. Give one of them another name.");
        }

        var added = new EntityTable<T>();
        _tables.Add(T.Schema.Name, added);
        return added;
    }

    /// <summary>Applies writes in order: all, or none.</summary>
    public bool TryApply(IReadOnlyList<EntityChange> changes)
    {
        var undo = new Stack<Action>(changes.Count);
        var writer = new EntityWriter(this, undo);
        foreach (var change in changes)
        {
            if (!change.Accept(writer))
            {
                Undo(undo);
                return false;
            }
        }

        return true;
    }

    private static void Undo(Stack<Action> undo)
    {
        while (undo.TryPop(out var action))
        {
            action();
        }
    }
}
