using System.Text;
using System.Text.Json;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Reads entities by key, and lists them along the index that a query names.</summary>
internal sealed class EntitySearch(Database database)
{
    public async ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        var found = await database.ListAsync(
            "SELECT e.version, e.json FROM messaging.entities e WHERE e.schema = $1 AND e.tenant = $2 AND e.key = $3",
            static reader => new Versioned<T>(Parse<T>(reader.GetFieldValue<byte[]>(1)), reader.GetInt64(0)),
            cancellationToken,
            Query.With(T.Schema.Name),
            Query.With(tenant.Value),
            Query.With(key)).ConfigureAwait(false);
        return found is [var entity] ? entity : null;
    }

    public async ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        var index = query.Index is { } name ? IndexOf<T>(name) : null;
        var (statement, parameters) = new EntityStatement(T.Schema.Name, query, index?.Name, index?.Type).Build();
        var rows = await database.ListAsync(
            statement,
            static reader => (
                Place: new EntityCursor(reader.GetString(0), reader.GetString(1), reader.GetString(2)),
                Entity: new Versioned<T>(Parse<T>(reader.GetFieldValue<byte[]>(4)), reader.GetInt64(3))),
            cancellationToken,
            parameters).ConfigureAwait(false);
        var next = rows.Count > query.Limit ? rows[query.Limit - 1].Place.Write() : null;
        return new([.. rows.Take(query.Limit).Select(row => row.Entity)], next);
    }

    private static T Parse<T>(byte[] json)
        where T : class, IEntity<T> => JsonSerializer.Deserialize(json, T.Schema.Json)
        ?? throw new InvalidOperationException($"An entity of the schema '{T.Schema.Name}' is null in the database. Write it again, or delete its row.");

    private static EntityIndex<T> IndexOf<T>(string name)
        where T : class, IEntity<T> => T.Schema.Indexes.FirstOrDefault(index => index.Name == name) ?? throw new ArgumentException(
            $"The schema '{T.Schema.Name}' has no index '{name}'. It has: {string.Join(", ", T.Schema.Indexes.Select(index => index.Name))}.", nameof(name));
}
