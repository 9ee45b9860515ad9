namespace Messaging.Storage.EfCore.Migrating;

/// <summary>What makes one version of the schema of the one before.</summary>
/// <param name="Version">The version that it makes; the first is 1.</param>
/// <param name="Name">Its name, such as <c>0001_initial</c>.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record SchemaStep(int Version, string Name, string Sql);
