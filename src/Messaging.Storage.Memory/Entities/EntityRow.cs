namespace Messaging.Storage.Memory;

/// <summary>An entity: key and JSON lie in a slab.</summary>
internal struct EntityRow
{
    public long Body;
    public long Version;
    public int Tenant;

    /// <summary>The first of its entries in indexes.</summary>
    public int Entries;
}
