namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>An entity as the database has it.</summary>
internal sealed record EntityFound(long Version, byte[] Json);
