using System.Collections.Concurrent;
using Messaging.Crash;
using Messaging.Crash.Child;
using Messaging.Crash.Counting;
using Messaging.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Messaging.Reliability;

/// <summary>A copy of production's database is restored elsewhere (<c>pg_dump | psql</c>): nothing is sent to customers from it until somebody says that it belongs there.</summary>
public sealed class RestoredDumpTests
{
    private const int Sent = 5;
    private const int Waiting = 20;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Start_OnACopyWithAnotherEnvironmentsStamp_SendsNothingUntilConfirmed()
    {
        var (server, ledger) = (await PostgresDatabases.ServerAsync(), new Ledger());
        var (production, staging) = ($"production_{Guid.NewGuid():N}", $"staging_{Guid.NewGuid():N}");
        await server.ExecuteAsync($"CREATE DATABASE {production}");
        await server.ExecuteAsync($"CREATE DATABASE {staging}");
        await using var sink = new CountingSink(ledger);
        await FillAsync(new StoreChoice("postgres", server.ConnectionString(production) + ";Pooling=false"), sink, ledger);
        await server.RestoreAsync(production, staging);

        var refused = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var copy = Sender.Build(
            m => m.UsePostgreSql(server.ConnectionString(staging)).Environment("staging"),
            sink.Port,
            line => _ = line.StartsWith("log DispatchRefused", StringComparison.Ordinal) && refused.TrySetResult(line));
        await copy.StartAsync();
        var said = await refused.Task.WaitAsync(s_limit);
        Assert.Contains("The store is stamped 'production', and this process runs in 'staging'.", said, StringComparison.Ordinal);
        Assert.Contains("IStoreEnvironment.ConfirmAsync()", said, StringComparison.Ordinal);

        // It takes what it is given, and keeps that and what it was restored with.
        var receipt = await copy.Services.GetRequiredService<IMessageHub>().SendAsync(Booking.Request(Sent + Waiting));
        Assert.Equal(SendStatus.Accepted, receipt.Status);
        ledger.Promise(Sent + Waiting);
        Assert.Equal(Sent, ledger.Arrived);

        await copy.Services.GetRequiredService<IStoreEnvironment>().ConfirmAsync();
        await ledger.NothingMissingAsync().WaitAsync(s_limit);
        await copy.StopAsync();
        Assert.Equal(Sent + Waiting + 1, ledger.Arrived);
        Assert.Equal(0, ledger.Duplicated);
    }

    /// <summary>Sends some in production, and accepts some that wait.</summary>
    private static async Task FillAsync(StoreChoice store, CountingSink sink, Ledger ledger)
    {
        foreach (var (first, count, sendOnly) in new[] { (0, Sent, false), (Sent, Waiting, true) })
        {
            using var host = Sender.Build(m => store.Use(m).Environment("production"), sink.Port, _ => { }, sendOnly);
            await host.StartAsync();
            foreach (var number in Enumerable.Range(first, count))
            {
                await host.Services.GetRequiredService<IMessageHub>().SendAsync(Booking.Request(number));
                ledger.Promise(number);
            }

            await (sendOnly ? Task.CompletedTask : ledger.NothingMissingAsync().WaitAsync(s_limit));
            await host.StopAsync();
        }
    }
}
