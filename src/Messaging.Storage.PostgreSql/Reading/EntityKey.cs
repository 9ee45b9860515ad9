namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>What an entity is found by.</summary>
internal readonly record struct EntityKey(string Schema, string Tenant, string Key);
