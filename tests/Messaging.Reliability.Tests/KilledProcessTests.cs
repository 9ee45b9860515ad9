using Messaging.Crash;
using Messaging.Crash.Killing;
using Messaging.TestServers;

namespace Messaging.Reliability;

/// <summary>A process that accepts and sends is killed and started again: what it acknowledged is delivered, and what comes twice comes under one Message-ID.</summary>
public sealed class KilledProcessTests
{
    [Fact]
    public async Task Kill_AtRandomMoments_TheJournalLosesNothing()
    {
        using var folder = new TestFolder("killed");

        await KillAsync(new StoreChoice("journal", folder.Path));
    }

    [Fact]
    public async Task Kill_AtRandomMoments_PostgreSqlLosesNothing()
    {
        await using var server = await PostgresServer.StartAsync();

        await KillAsync(new StoreChoice("postgres", server.ConnectionString()));
    }

    private static async Task KillAsync(StoreChoice store)
    {
        var report = await KillLoop.RunAsync(new KillOptions { Store = store, Rounds = 6, PerLife = 200 });

        Assert.Null(report.Wrong);
        Assert.Equal(0, report.Lost);
        Assert.InRange(report.Acked, 1, report.Delivered);
    }
}
