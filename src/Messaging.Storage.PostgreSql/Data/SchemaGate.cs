using Messaging.Storage.EfCore.Migrating;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>Lets a node in when the schema is one that it can work with.</summary>
internal static class SchemaGate
{
    private const int DaysAhead = 3;

    public static MessagingDbContext Context(Database database) =>
        new(new DbContextOptionsBuilder<MessagingDbContext>().UseNpgsql(database.Source).Options);

    public static async ValueTask PassAsync(Database database, PostgreSqlOptions options, CancellationToken cancellationToken)
    {
        var schema = new SchemaRunner(() => Context(database), Database.Place);
        await (options.MigrateAtStart ? schema.EnsureSchemaAsync(cancellationToken) : schema.CheckAsync(cancellationToken)).ConfigureAwait(false);
        await PrepareDaysAsync(database, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the partitions of the days to come, if they are not there.</summary>
    public static async ValueTask PrepareDaysAsync(Database database, CancellationToken cancellationToken) =>
        await database.ExecuteAsync("SELECT messaging.prepare_days($1)", cancellationToken, Query.With(DaysAhead)).ConfigureAwait(false);
}
