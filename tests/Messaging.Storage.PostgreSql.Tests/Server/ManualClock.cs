using Messaging.Testing;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Server;

/// <summary>The database's clock, moved by hand: the clock function reads a table.</summary>
internal sealed class ManualClock(string connectionString)
{
    public static string Install { get; } =
        $"""
        CREATE TABLE messaging.test_clock (at bigint NOT NULL);
        INSERT INTO messaging.test_clock VALUES ({Some.Instant.UtcTicks});
        CREATE OR REPLACE FUNCTION messaging.messaging_now() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT at FROM messaging.test_clock';
        """;

    public DateTimeOffset Now { get; private set; } = Some.Instant;

    public async Task AdvanceAsync(TimeSpan by)
    {
        Now += by;
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("UPDATE messaging.test_clock SET at = $1", connection) { Parameters = { new() { Value = Now.UtcTicks } } };
        await command.ExecuteNonQueryAsync();
    }
}
