using System.Text;
using System.Text.Json;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Reads entities by key, and lists them along the index that a query names.</summary>
internal sealed class EfEntities(EfDatabase database)
{
    public ValueTask<Versioned<T>?> GetAsync<T>(TenantId tenant, string key, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        var schema = T.Schema.Name;
        return database.ReadAsync(
            async (context, _) => await context.Entities.AsNoTracking()
                .FirstOrDefaultAsync(row => row.Schema == schema && row.Tenant == tenant.Value && row.Key == key, cancellationToken).ConfigureAwait(false) is { } row
                ? Parse<T>(row)
                : null,
            cancellationToken);
    }

    public ValueTask<Page<Versioned<T>>> FindAsync<T>(EntityQuery query, CancellationToken cancellationToken)
        where T : class, IEntity<T>
    {
        var index = query.Index is { } name ? IndexOf<T>(name) : null;
        var after = query.Cursor is { } cursor ? Place.Read(cursor) : null;
        return database.ReadAsync(
            async (context, _) =>
            {
                var rows = Ordered(Continued(Rows(context, T.Schema.Name, query, index?.Name, index?.Type), query, after), query);
                var found = await rows.Take(query.Limit + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
                var next = found.Count > query.Limit ? Place.Write(found[query.Limit - 1]) : null;
                return new Page<Versioned<T>>([.. found.Take(query.Limit).Select(row => Parse<T>(row.Entity))], next);
            },
            cancellationToken);
    }

    private static IQueryable<Found> Rows(MessagingDbContext context, string schema, EntityQuery query, string? index, EntityIndexType? type)
    {
        var entities = context.Entities.AsNoTracking().Where(row => row.Schema == schema);
        entities = query.Tenant is { } tenant ? entities.Where(row => row.Tenant == tenant.Value) : entities;
        string[] wanted = [.. query.Values];
        if (index is null)
        {
            return (wanted.Length == 0 ? entities : entities.Where(row => wanted.Contains(row.Key))).Select(row => new Found { Entity = row, Value = "" });
        }

        var values = context.EntityValues.Where(value => value.Schema == schema && value.Index == index);
        if (type == EntityIndexType.Sorted)
        {
            values = wanted.Length == 0 ? values : values.Where(value => wanted.Contains(value.Value));
            return from row in entities
                   join value in values on new { row.Tenant, row.Key } equals new { value.Tenant, value.Key }
                   select new Found { Entity = row, Value = value.Value };
        }

        return Having(entities, values, wanted, type).Select(row => new Found { Entity = row, Value = "" });
    }

    private static IQueryable<EntityRow> Having(IQueryable<EntityRow> entities, IQueryable<EntityValueRow> values, string[] wanted, EntityIndexType? type)
    {
        if (wanted.Length == 0)
        {
            return entities.Where(row => values.Any(value => value.Tenant == row.Tenant && value.Key == row.Key));
        }

        if (type != EntityIndexType.Text)
        {
            return entities.Where(row => values.Any(value => value.Tenant == row.Tenant && value.Key == row.Key && wanted.Contains(value.Value)));
        }

        // One text's words must all begin a word of the entity; any text will do.
        IQueryable<EntityRow>? any = null;
        foreach (var words in wanted.Select(text => Words.Of(text).ToArray()).Where(words => words.Length > 0))
        {
            var all = entities;
            foreach (var word in words)
            {
                all = all.Where(row => values.Any(value => value.Tenant == row.Tenant && value.Key == row.Key && value.Value.StartsWith(word)));
            }

            any = any is null ? all : any.Union(all);
        }

        return any ?? entities.Where(_ => false);
    }

    /// <summary>Ordered by value, owner and key when the index is sorted, else by owner and key: the value of the others is empty.</summary>
    private static IOrderedQueryable<Found> Ordered(IQueryable<Found> rows, EntityQuery query) => query.Descending
        ? rows.OrderByDescending(row => row.Value).ThenByDescending(row => row.Entity.Tenant).ThenByDescending(row => row.Entity.Key)
        : rows.OrderBy(row => row.Value).ThenBy(row => row.Entity.Tenant).ThenBy(row => row.Entity.Key);

    private static IQueryable<Found> Continued(IQueryable<Found> rows, EntityQuery query, Place? after)
    {
        if (after is not var (value, tenant, key))
        {
            return rows;
        }

        return query.Descending
            ? rows.Where(row => row.Value.CompareTo(value) < 0
                || (row.Value == value && (row.Entity.Tenant.CompareTo(tenant) < 0 || (row.Entity.Tenant == tenant && row.Entity.Key.CompareTo(key) < 0))))
            : rows.Where(row => row.Value.CompareTo(value) > 0
                || (row.Value == value && (row.Entity.Tenant.CompareTo(tenant) > 0 || (row.Entity.Tenant == tenant && row.Entity.Key.CompareTo(key) > 0))));
    }

    private static Versioned<T> Parse<T>(EntityRow row)
        where T : class, IEntity<T> => new(
        JsonSerializer.Deserialize(row.Json, T.Schema.Json)
            ?? throw new InvalidOperationException($"An entity of the schema '{T.Schema.Name}' is null in the database. Write it again, or delete its row."),
        row.Version);

    private static EntityIndex<T> IndexOf<T>(string name)
        where T : class, IEntity<T> => T.Schema.Indexes.FirstOrDefault(index => index.Name == name) ?? throw new ArgumentException(
            $"The schema '{T.Schema.Name}' has no index '{name}'. It has: {string.Join(", ", T.Schema.Indexes.Select(index => index.Name))}.", nameof(name));

    private sealed class Found
    {
        public EntityRow Entity { get; init; } = null!;

        public string Value { get; init; } = "";
    }

    /// <summary>Where a page ended.</summary>
    private sealed record Place(string Value, string Tenant, string Key)
    {
        private const char Between = '\0'; // no database keeps it in text

        public static string Write(Found last) =>
            Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join(Between, last.Value, last.Entity.Tenant, last.Entity.Key)));

        public static Place Read(string cursor)
        {
            Span<byte> bytes = new byte[cursor.Length];
            return Convert.TryFromBase64String(cursor, bytes, out var length) && Encoding.UTF8.GetString(bytes[..length]).Split(Between) is [var value, var tenant, var key]
                ? new Place(value, tenant, key)
                : throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(cursor));
        }
    }
}
