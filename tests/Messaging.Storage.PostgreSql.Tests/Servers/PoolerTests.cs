using Messaging.Channels;
using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;
using Messaging.TestServers;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Servers;

/// <summary>Two nodes through PgBouncer in transaction mode, which gives every transaction another session.</summary>
public sealed class PoolerTests
{
    [Fact]
    public async Task Everything_ThroughATransactionPooler_Works()
    {
        var server = await TestCluster.ServerAsync();
        await using var pooler = await PgBouncerServer.StartAsync(server);
        var database = new NpgsqlConnectionStringBuilder(await TestCluster.DatabaseAsync()).Database!;
        await using var one = Store(pooler.ConnectionString(database));
        await using var two = Store(pooler.ConnectionString(database));
        const int Count = 300;

        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => Task.Run(() => Work.AcceptAsync(i % 2 == 0 ? one : two, 1))));
        var settled = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => WorkAsync(i % 2 == 0 ? one : two))));

        Assert.Equal(Count, settled.Sum());
        Assert.Equal(Count, (await two.CountAsync(new StatisticsQuery { Tenant = TenantId.Default }, default))[DeliveryStatus.Sent]);
        await EverythingElseAsync(one);
    }

    private static PostgreSqlStore Store(string connectionString) =>
        new(new PostgreSqlOptions { ConnectionString = connectionString, ThroughPooler = true }, TimeProvider.System);

    private static async Task<int> WorkAsync(PostgreSqlStore store)
    {
        var count = 0;
        while (await store.ClaimAsync(Work.Claim(7), default) is { Count: > 0 } claimed)
        {
            Assert.Equal(claimed.Count, (await store.ExtendAsync([.. claimed.Select(work => work.Lease)], TimeSpan.FromMinutes(2), default)).Count);
            var results = await store.CommitAsync([.. claimed.Select(work => Work.Sent(work, Some.Instant))], default);
            Assert.All(results, result => Assert.Equal(ChangeStatus.Applied, result.Status));
            count += claimed.Count;
        }

        return count;
    }

    private static async Task EverythingElseAsync(PostgreSqlStore store)
    {
        var entities = await store.CommitAsync([new Change { Entities = [EntityChange.Put(SampleEntity.Some("a"))] }], default);
        Assert.Equal(ChangeStatus.Applied, entities[0].Status);
        Assert.NotNull(await store.GetAsync<SampleEntity>(TenantId.Default, "a", default));
        var decisions = await new PostgreSqlRateLimitStore(store).AcquireAsync([new RateCharge([new RateBucket("a", new RateLimit(1, TimeSpan.FromHours(1), 1))])], default);
        Assert.True(decisions[0].Granted);
        Assert.Equal(50, (await store.QueryAsync(new DeliveryQuery { Tenant = TenantId.Default }, default)).Items.Count);
    }
}
