namespace Messaging.Storage.Memory;

/// <summary>A place in the order of an index: by value, then owner, then key. Ordinal. The order by key has no value.</summary>
internal readonly record struct EntityKey(string Value, string Tenant, string Key) : IComparable<EntityKey>
{
    public int CompareTo(EntityKey other)
    {
        var order = string.CompareOrdinal(Value, other.Value);
        order = order != 0 ? order : string.CompareOrdinal(Tenant, other.Tenant);
        return order != 0 ? order : string.CompareOrdinal(Key, other.Key);
    }
}
