using Messaging.Storage.EfCore.Schema.Migrations;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>Lets a node in when the schema is one that it can work with.</summary>
internal static class SchemaGate
{
    public static async ValueTask PassAsync(Database database, PostgreSqlOptions options, CancellationToken cancellationToken)
    {
        var there = await database.ListAsync("SELECT to_regclass('messaging.work') IS NOT NULL", reader => reader.GetBoolean(0), cancellationToken).ConfigureAwait(false);
        if (!there[0] && options.MigrateAtStart)
        {
            await database.ExecuteAsync(SchemaScript.Read("0001_initial.sql"), cancellationToken).ConfigureAwait(false);
        }
    }
}
