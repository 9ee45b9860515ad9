using Messaging.Storage.EfCore.Schema;
using Messaging.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Messaging.Storage.EfCore.Migrating;

/// <summary>Old and new processes share a database while a new version is rolled out.</summary>
public sealed class RollingUpgradeTests : IAsyncLifetime
{
    private Database _database = null!;

    public async Task InitializeAsync() => _database = await Database.CurrentAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Store_WhileTheSchemaMovesOn_WorksOnAndStartsAnew()
    {
        using var before = Store();
        var first = Some.StoredDelivery();
        await before.CommitAsync([Some.Accept(first)], default);
        var leased = Assert.Single(await ClaimAsync(before));

        var runner = _database.Runner();
        var next = new SchemaStep(
            runner.Version + 1, "9999_next",
            "ALTER TABLE messaging.deliveries ADD COLUMN campaign text; ALTER TABLE messaging.work ADD COLUMN hint bigint NOT NULL DEFAULT 0; CREATE INDEX work_hint ON messaging.work (hint);");
        await _database.Runner(more: next).EnsureSchemaAsync();

        Assert.Equal(ChangeStatus.Applied, (await before.CommitAsync([Settled(leased)], default))[0].Status);
        using var after = Store();
        var second = Some.StoredDelivery();
        await after.CommitAsync([Some.Accept(second)], default);
        var other = Assert.Single(await ClaimAsync(before));
        Assert.Equal(ChangeStatus.Applied, (await after.CommitAsync([Settled(other)], default))[0].Status);
        var page = await after.QueryAsync(new DeliveryQuery { Tenant = first.Tenant }, default);
        Assert.Equal([second.Id, first.Id], page.Items.Select(summary => summary.Id));
        Assert.All(page.Items, summary => Assert.Equal(DeliveryStatus.Sent, summary.Status));
    }

    [Fact]
    public async Task Views_OfDeliveriesEverywhere_ShowWhatTheReaderSays()
    {
        using var store = Store();
        var deliveries = Enumerable.Range(0, 6).Select(_ => Some.StoredDelivery()).ToArray();
        await store.CommitAsync([.. deliveries.Take(4).Select(delivery => Some.Accept(delivery))], default);
        await store.CommitAsync([Some.Accept(deliveries[4] with { Work = WorkState.Waiting, DueAt = DateTimeOffset.MaxValue.AddYears(-1) })], default);
        var suppressed = Evidence.None.With(MessageEventType.Suppressed, Some.Instant);
        await store.CommitAsync([Some.Accept(deliveries[5] with { Work = WorkState.Done, Why = new Why(WhyCodes.Suppressed, "No."), Evidence = suppressed })], default);
        var claimed = await ClaimAsync(store, 3);
        await store.CommitAsync(
            [
                Settled(claimed[0]),
                new Change { Settles = [new Settlement { Lease = claimed[1].Lease, Next = WorkState.Done, At = Some.Instant, Proves = MessageEventType.Dead, DeadLetter = true, Why = new Why("dead", "Dead.") }] },
            ],
            default);

        foreach (var delivery in deliveries)
        {
            var status = (await store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default))!.State.Status;
            Assert.Equal(status.ToString(), await _database.ScalarAsync($"SELECT status FROM messaging.delivery_list WHERE id = '{delivery.Id}'"));
        }

        Assert.Equal(1L, await _database.ScalarAsync("SELECT count(*) FROM messaging.dead_letters"));
        Assert.Equal("Leased 1, Ready 1, Waiting 1", await _database.ScalarAsync("SELECT string_agg(state || ' ' || items, ', ' ORDER BY state) FROM messaging.queue_depth WHERE kind = 'Deliver'"));
    }

    private EfCoreStore Store() => new(
        new PooledDbContextFactory<MessagingDbContext>(new DbContextOptionsBuilder<MessagingDbContext>().UseNpgsql(_database.ConnectionString).Options),
        () => new EfCoreStoreOptions { MigrateAtStart = false },
        TimeProvider.System);

    private static async Task<IReadOnlyList<LeasedWork>> ClaimAsync(EfCoreStore store, int max = 10) =>
        await store.ClaimAsync(new ClaimRequest { Max = max, LeaseFor = TimeSpan.FromMinutes(5), Owner = "test" }, default);

    private static Change Settled(LeasedWork work) => new()
    {
        Settles =
        [
            new Settlement
            {
                Lease = work.Lease,
                Next = WorkState.Done,
                At = Some.Instant,
                Proves = MessageEventType.Submitted,
                Attempt = new AttemptOutcome("email", Some.Instant, TimeSpan.FromMilliseconds(5), MessageEventType.Submitted),
            },
        ],
    };
}
