namespace Messaging.Storage.Journal.Encoding;

/// <summary>A write of an entity whose type nobody has named yet.</summary>
/// <param name="Schema">The schema's name.</param>
/// <param name="Tenant">The owner.</param>
/// <param name="Key">The key, as UTF-8.</param>
/// <param name="Json">The entity; empty when it was removed.</param>
internal readonly record struct EntityWrite(string Schema, TenantId Tenant, ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Json)
{
    public static EntityWrite Read(ref RecordCursor record) => new(record.Text()!, new TenantId(record.Text()!), record.Body(), record.Body());
}
