using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Messaging.Storage.EfCore.Store;

/// <summary>Asks the database how it would run each query, with its own parameters.</summary>
internal sealed class PlanRecorder : DbCommandInterceptor
{
    private readonly List<string> _plans = [];

    public string Plans => string.Join("\n\n", _plans);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.StartsWith("SELECT", StringComparison.Ordinal))
        {
            await using var explain = new NpgsqlCommand("EXPLAIN (COSTS OFF) " + command.CommandText, (NpgsqlConnection)command.Connection!, (NpgsqlTransaction?)command.Transaction);
            foreach (NpgsqlParameter parameter in command.Parameters)
            {
                explain.Parameters.Add(parameter.Clone());
            }

            await using var reader = await explain.ExecuteReaderAsync(cancellationToken);
            var lines = new List<string> { command.CommandText };
            while (await reader.ReadAsync(cancellationToken))
            {
                lines.Add(reader.GetString(0));
            }

            _plans.Add(string.Join('\n', lines));
        }

        return result;
    }
}
