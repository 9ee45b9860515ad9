using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>Runs one statement and reads its rows.</summary>
internal static class Query
{
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
        var list = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            list.Add(read(reader));
        }

        return list;
    }

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
}
