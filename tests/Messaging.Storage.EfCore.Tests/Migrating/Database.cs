using Messaging.Storage.EfCore.Migrating;
using Messaging.Storage.EfCore.Schema;
using Messaging.TestServers;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Messaging.Storage.EfCore;

/// <summary>A database for the suite's own tables.</summary>
internal sealed class Database(string connectionString) : IAsyncDisposable
{
    private const string Template = "messaging_schema";

    public string ConnectionString => connectionString;

    /// <summary>Makes one without tables.</summary>
    public static async Task<Database> EmptyAsync() => new(await PostgresDatabases.CreateAsync());

    /// <summary>Makes one with the current tables.</summary>
    public static async Task<Database> CurrentAsync() =>
        new(await PostgresDatabases.CreateAsync(Template, empty => new Database(empty).Runner().EnsureSchemaAsync()));

    public MessagingDbContext Context(string? user = null) => new(new DbContextOptionsBuilder<MessagingDbContext>()
        .UseNpgsql(user is null ? connectionString : new NpgsqlConnectionStringBuilder(connectionString) { Username = user }.ConnectionString).Options);

    public SchemaRunner Runner(string? user = null, params SchemaStep[] more) => new(() => Context(user), more: more);

    public async Task<object?> ScalarAsync(string sql, string? user = null)
    {
        await using var context = Context(user);
        await context.Database.OpenConnectionAsync();
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync() => await PostgresDatabases.DropAsync(connectionString);
}
