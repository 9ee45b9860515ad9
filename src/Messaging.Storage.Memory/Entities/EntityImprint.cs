namespace Messaging.Storage.Memory;

/// <summary>All that is kept of an entity.</summary>
/// <param name="Tenant">The number of the owner.</param>
/// <param name="Key">The key, as UTF-8.</param>
/// <param name="Json">The entity.</param>
/// <param name="Values">What it is found by: the index's number and the value, as UTF-8; none twice.</param>
internal sealed record EntityImprint(int Tenant, byte[] Key, byte[] Json, List<(int Index, byte[] Value)> Values)
{
    public long Version { get; set; }
}
