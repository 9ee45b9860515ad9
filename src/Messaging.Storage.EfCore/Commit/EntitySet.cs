namespace Messaging.Storage.EfCore.Commit;

/// <summary>The entities that a batch touches, and who has the unique values that it wants. Not thread safe.</summary>
internal sealed class EntitySet
{
    private readonly Dictionary<EntityId, Entry> _entries = [];
    private readonly Dictionary<EntityValue, string> _owners = [];

    /// <summary>Gets what is to be written: the last imprint of each entity, the version that it gets, and whether the row is there already.</summary>
    public IEnumerable<(EntityImprint Imprint, long Version, bool WasThere)> Changes =>
        _entries.Values.Where(entry => entry.Imprint is not null).Select(entry => (entry.Imprint!, entry.Version, entry.WasThere));

    /// <summary>Takes in an entity as the database has it.</summary>
    public void Load(EntityId id, long version) => _entries[id] = new Entry(version, true, null, []);

    /// <summary>Takes in who has a unique value. Those of loaded entities are to be loaded too.</summary>
    public void LoadUnique(EntityValue value, string key)
    {
        _owners[value] = key;
        if (_entries.TryGetValue(new EntityId(value.Schema, value.Tenant, key), out var entry))
        {
            entry.Unique.Add(value);
        }
    }

    /// <summary>Writes all, one after the other, or none.</summary>
    public bool TryWrite(IReadOnlyList<EntityImprint> imprints)
    {
        var undo = new Stack<(EntityId Id, Entry? Before)>();
        foreach (var imprint in imprints)
        {
            if (!CanWrite(imprint))
            {
                while (undo.TryPop(out var step))
                {
                    Put(step.Id, step.Before);
                }

                return false;
            }

            undo.Push((imprint.Id, _entries.GetValueOrDefault(imprint.Id)));
            Write(imprint);
        }

        return true;
    }

    private bool CanWrite(EntityImprint imprint)
    {
        var version = _entries.TryGetValue(imprint.Id, out var entry) ? entry.Version : 0;
        return (imprint.ExpectedVersion is not { } expected || expected == version)
            && !imprint.Values.Any(value => value.IsUnique && _owners.TryGetValue(value.Value, out var owner) && owner != imprint.Id.Key);
    }

    private void Write(EntityImprint imprint)
    {
        var before = _entries.GetValueOrDefault(imprint.Id);
        if (before is null && imprint.Json is null)
        {
            return;
        }

        var unique = imprint.Values.Where(value => value.IsUnique).Select(value => value.Value).ToList();
        Put(imprint.Id, new Entry(imprint.Json is null ? 0 : (before?.Version ?? 0) + 1, before?.WasThere ?? false, imprint, unique));
    }

    private void Put(EntityId id, Entry? entry)
    {
        foreach (var value in _entries.GetValueOrDefault(id)?.Unique ?? [])
        {
            _owners.Remove(value);
        }

        if (entry is null)
        {
            _entries.Remove(id);
            return;
        }

        _entries[id] = entry;
        entry.Unique.ForEach(value => _owners[value] = id.Key);
    }

    private sealed record Entry(long Version, bool WasThere, EntityImprint? Imprint, List<EntityValue> Unique);
}
