using System.Text;
using System.Text.Json;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Reads entities by key, and lists them along the index that a query names.</summary>
internal sealed class EntitySearch(Database database)
{
    private readonly EntityLookups _lookups = new(database);

    public async ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T> =>
        await _lookups.FindAsync(new EntityKey(T.Schema.Name, tenant.Value, key), cancellationToken).ConfigureAwait(false) is { } found
            ? new Versioned<T>(Parse<T>(found.Json), found.Version)
            : null;

    public async ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        var index = query.Index is { } name ? IndexOf<T>(name) : null;
        var (statement, parameters) = new EntityStatement(T.Schema.Name, query, index?.Name, index?.Type).Build();
        var rows = await database.ListPlannedAsync(
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
