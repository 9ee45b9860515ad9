using System.Data;
using System.Data.Common;
using System.Globalization;
using Messaging.Storage.EfCore.Schema;
using Messaging.Storage.EfCore.Schema.Migrations;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Migrating;

/// <inheritdoc cref="IMessagingSchema"/>
/// <param name="create">Makes a context; the runner disposes it.</param>
/// <param name="place">Where the host says which database it is; for texts.</param>
/// <param name="more">Steps beyond the package's own, for tests of what comes later.</param>
internal sealed class SchemaRunner(Func<MessagingDbContext> create, string place = SchemaRunner.EfCorePlace, IReadOnlyList<SchemaStep>? more = null) : IMessagingSchema
{
    /// <summary>Where hosts of the portable store say which database it is.</summary>
    public const string EfCorePlace = "the connection string that UseEfCore gets";

    private const string InsufficientPrivilege = "42501";
    private const string LockNotAvailable = "55P03";
    private const string DeadlockDetected = "40P01";
    private const int MaxTries = 100;

    private readonly Lazy<IReadOnlyList<SchemaStep>> _steps = new(() => Read(create, more ?? []));

    public int Version => _steps.Value[^1].Version;

    public string Script() => $"BEGIN;\n{SchemaScripts.Write(_steps.Value)}\nCOMMIT;\n";

    public async Task<int> FindVersionAsync(CancellationToken cancellationToken = default)
    {
        var context = create();
        await using (context.ConfigureAwait(false))
        {
            return await FindAsync(await OpenAsync(context, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task EnsureSchemaAsync(CancellationToken cancellationToken = default)
    {
        var context = create();
        await using (context.ConfigureAwait(false))
        {
            var connection = await OpenAsync(context, cancellationToken).ConfigureAwait(false);
            var found = await FindAsync(connection, cancellationToken).ConfigureAwait(false);
            ThrowIfTooNew(found);
            if (found >= Version)
            {
                return;
            }

            try
            {
                await RunAsync(connection, found, cancellationToken).ConfigureAwait(false);
            }
            catch (DbException e) when (e.SqlState == InsufficientPrivilege)
            {
                throw new MessagingSchemaException(
                    SchemaProblem.NotAllowed,
                    found,
                    Version,
                    $"{Describe(found)} This version of the suite needs version {Version}, and the database's user may not change the schema. Let an owner of the database run the script that IMessagingSchema.Script() returns.",
                    e);
            }
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        var found = await FindVersionAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfTooNew(found);
        if (found < Version)
        {
            throw new MessagingSchemaException(
                found == 0 ? SchemaProblem.Missing : SchemaProblem.TooOld,
                found,
                Version,
                $"{Describe(found)} This version of the suite needs version {Version}. Call IMessagingSchema.EnsureSchemaAsync(), let a start bring the schema up to date, or run the script that IMessagingSchema.Script() returns.");
        }
    }

    private static string Describe(int found) => found == 0
        ? "The database has no tables of the suite: there is no messaging.schema_versions."
        : string.Create(CultureInfo.InvariantCulture, $"The suite's tables in the database have version {found}.");

    private static IReadOnlyList<SchemaStep> Read(Func<MessagingDbContext> create, IReadOnlyList<SchemaStep> more)
    {
        using var context = create();
        return [.. SchemaSteps.Of(context), .. more];
    }

    private async ValueTask<DbConnection> OpenAsync(MessagingDbContext context, CancellationToken cancellationToken)
    {
        if (context.Database.ProviderName != InitialMigration.Npgsql)
        {
            throw new NotSupportedException(
                $"The suite's own tables need PostgreSQL; the provider is '{context.Database.ProviderName}'. An outbox, AddOutbox<TContext>(), works on any database.");
        }

        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ConnectionTrouble.Explain(e, place) is { } explained)
        {
            throw explained;
        }

        return context.Database.GetDbConnection();
    }

    private static async ValueTask<int> FindAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await ScalarAsync(connection, SchemaScripts.Exists, cancellationToken).ConfigureAwait(false) is true
            ? Convert.ToInt32(await ScalarAsync(connection, SchemaScripts.Version, cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture)
            : 0;

    private static async ValueTask<object?> ScalarAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs the steps while others use the tables: it waits shortly for them, gives way, and tries again, so that they never wait long for it.</summary>
    private async ValueTask RunAsync(DbConnection connection, int found, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await RunOnceAsync(connection, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (DbException e) when (e.SqlState is LockNotAvailable or DeadlockDetected)
            {
                if (tries == MaxTries)
                {
                    throw new MessagingSchemaException(
                        SchemaProblem.Busy,
                        found,
                        Version,
                        $"{Describe(found)} This version of the suite needs version {Version}, and other transactions have held the tables for over a minute. End them, such as a backup or a forgotten session (pg_stat_activity lists them), and start again.",
                        e);
                }

                await ScalarAsync(connection, "SELECT pg_sleep(0.2)", cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One transaction: all steps, or none.</summary>
    private async ValueTask RunOnceAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var command = connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = transaction;
                command.CommandText = SchemaScripts.GiveWay + SchemaScripts.Write(_steps.Value);
                command.CommandTimeout = 0;
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The next version only adds to what this one uses.</summary>
    private void ThrowIfTooNew(int found)
    {
        if (found > Version + 1)
        {
            throw new MessagingSchemaException(
                SchemaProblem.TooNew,
                found,
                Version,
                $"{Describe(found)} This version of the suite knows version {Version} and works with {Version + 1} at the most. Update the Messaging packages of this process.");
        }
    }
}
