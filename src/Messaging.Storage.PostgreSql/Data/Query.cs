using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>Runs one statement and reads its rows.</summary>
internal static class Query
{
    private const string PlanAnew = "SELECT set_config('enable_seqscan', 'on', true), set_config('plan_cache_mode', 'force_custom_plan', true)";

    public static async ValueTask<List<T>> ListAsync<T>(
        this Database database, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params IReadOnlyList<NpgsqlParameter> parameters)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(statement, connection);
        await using var __ = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ___ = reader.ConfigureAwait(false);
        return await ListAsync(reader, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs a statement whose way depends on what it asks for and how much there is: it is planned each time, and may read tables from end to end.
    /// </summary>
    public static ValueTask<List<T>> ListPlannedAsync<T>(
        this Database database, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params IReadOnlyList<NpgsqlParameter> parameters) =>
        PlannedAsync(database, statement, read, parameters, isLong: false, cancellationToken);

    /// <summary>The same for a statement that may take minutes: the connection's limit does not hold for it, only the caller's token ends it.</summary>
    public static ValueTask<List<T>> ListLongAsync<T>(
        this Database database, string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params IReadOnlyList<NpgsqlParameter> parameters) =>
        PlannedAsync(database, statement, read, parameters, isLong: true, cancellationToken);

    public static async ValueTask<int> ExecuteAsync(
        this Database database, string statement, CancellationToken cancellationToken, params IReadOnlyList<NpgsqlParameter> parameters)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlCommand(statement, connection);
        await using var __ = command.ConfigureAwait(false);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a parameter of which the type is known even when it is null.</summary>
    public static NpgsqlParameter With<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static async ValueTask<List<T>> PlannedAsync<T>(
        Database database, string statement, Func<NpgsqlDataReader, T> read, IReadOnlyList<NpgsqlParameter> parameters, bool isLong, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var command = new NpgsqlBatchCommand(statement);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        // A batch is one transaction, for which the settings hold.
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(PlanAnew), command } };
        batch.Timeout = isLong ? 0 : batch.Timeout;
        await using var __ = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ___ = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return await ListAsync(reader, read, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<List<T>> ListAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var list = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            list.Add(read(reader));
        }

        return list;
    }
}
