using System.Collections.Concurrent;
using Messaging.Crash;
using Messaging.Crash.Child;
using Messaging.Crash.Counting;
using Messaging.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Messaging.Reliability;

/// <summary>The database goes away under load: the process stays, goes on by itself, and nothing that it acknowledged is lost.</summary>
public sealed class LostDatabaseTests
{
    private const int Messages = 600;
    private const string Terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Send_DatabaseKilledAndRestarted_EverythingAcknowledgedIsDelivered() => await SendAsync([], async (server, ledger, callers) =>
    {
        await ledger.PromisedAsync(100).WaitAsync(s_limit);
        callers.HoldOn();
        await server.KillAsync();
        await server.StartAgainAsync();
        callers.GoOn();
    });

    [Fact]
    public async Task Send_ConnectionsTerminatedAgainAndAgain_EverythingAcknowledgedIsDelivered() => await SendAsync([], async (server, ledger, callers) =>
    {
        for (var times = 1; times <= 5; times++)
        {
            await ledger.PromisedAsync(times * 50).WaitAsync(s_limit);
            await server.ExecuteAsync(Terminate);
        }
    });

    [Fact]
    public async Task Send_NoConnectionToBeHad_EverythingAcknowledgedIsDelivered() => await SendAsync(["max_connections = 24"], async (server, ledger, callers) =>
    {
        await ledger.PromisedAsync(100).WaitAsync(s_limit);
        callers.HoldOn();
        var taken = new List<NpgsqlConnection>();
        await TakeAllAsync(server, taken);
        await using (var terminate = new NpgsqlCommand(Terminate + " AND application_name <> 'greedy'", taken[0]))
        {
            await terminate.ExecuteNonQueryAsync();
        }

        await TakeAllAsync(server, taken);
        foreach (var connection in taken)
        {
            await connection.DisposeAsync();
        }

        callers.GoOn();
    });

    private static async Task SendAsync(string[] settings, Func<PostgresServer, Ledger, PatientCallers, Task> disturb)
    {
        await using var server = await PostgresServer.StartAsync(isDurable: true, settings);
        var ledger = new Ledger();
        var log = new ConcurrentQueue<string>();
        await using var sink = new CountingSink(ledger);
        using var host = Sender.Build(new StoreChoice("postgres", server.ConnectionString()), sink.Port, log.Enqueue);
        await host.StartAsync();
        var callers = new PatientCallers(host.Services.GetRequiredService<IMessageHub>(), ledger);
        var sending = callers.SendAsync(Messages);
        await disturb(server, ledger, callers);
        await sending.WaitAsync(s_limit);
        await ledger.NothingMissingAsync().WaitAsync(s_limit);
        await host.StopAsync();

        Assert.Equal(Messages, ledger.Promised);
        Assert.Equal(Messages, ledger.Arrived);
        Assert.All(ledger.Copies(), copies => Assert.Single(copies.Value.Select(copy => copy.MessageId).Distinct(StringComparer.Ordinal)));
        Assert.True(callers.Failures > 0 || log.Any(line => line.Contains("Failed", StringComparison.Ordinal)), "nothing was disturbed");
    }

    /// <summary>Opens connections until the server gives none any more.</summary>
    private static async Task TakeAllAsync(PostgresServer server, List<NpgsqlConnection> taken)
    {
        while (true)
        {
            var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false;Application Name=greedy");
            try
            {
                await connection.OpenAsync();
                taken.Add(connection);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return;
            }
        }
    }
}
