namespace Messaging.Storage.EfCore.Commit;

/// <summary>Names an entity.</summary>
internal readonly record struct EntityId(string Schema, string Tenant, string Key);

/// <summary>Names a value of an index.</summary>
internal readonly record struct EntityValue(string Schema, string Index, string Tenant, string Value);

/// <summary>A write of an entity as rows: <see cref="Json"/> is <see langword="null"/> for a removal.</summary>
internal sealed record EntityImprint(EntityId Id, long? ExpectedVersion, byte[]? Json, IReadOnlyList<(EntityValue Value, bool IsUnique)> Values);
