using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Maintenance;

public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);
    private ManualClock _clock = null!;
    private PostgreSqlStore _store = null!;
    private Retention _retention = null!;

    public async Task InitializeAsync()
    {
        var database = await TestCluster.DatabaseAsync();
        _clock = new ManualClock(database);
        _store = Work.Store(database);
        _retention = new Retention(_store.Database, new PostgreSqlOptions());
        await _store.StartAsync(default);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Run_DayIsOver_GoesAsAWholeAndStaysCounted()
    {
        var delivery = await AcceptOfTodayAsync();
        await SettleAllAsync();
        Assert.Equal(1, await CountAsync("deliveries_d" + Day(_clock.Now)));

        await _clock.AdvanceAsync(Keep + TimeSpan.FromDays(2));
        await _retention.RunAsync(default);

        Assert.Null(await _store.GetDeliveryAsync(TenantId.Default, delivery.Id, default));
        Assert.Null(await _store.GetMessageAsync(TenantId.Default, delivery.MessageId, default));
        Assert.False(await IsThereAsync("deliveries_d" + Day(Some.Instant)));
        Assert.True(await IsThereAsync("deliveries_d" + Day(_clock.Now)));
        Assert.Equal(1, (await _store.CountAsync(new StatisticsQuery { Tenant = TenantId.Default }, default))[DeliveryStatus.Sent]);
        Assert.Equal(0, await CountAsync("event_keys"));
    }

    [Fact]
    public async Task Run_DayHoldsOpenWork_OnlyWhatIsOverGoes()
    {
        var settled = await AcceptOfTodayAsync();
        await SettleAllAsync();
        var open = await AcceptOfTodayAsync();

        await _clock.AdvanceAsync(Keep + TimeSpan.FromDays(2));
        await _retention.RunAsync(default);

        Assert.Null(await _store.GetDeliveryAsync(TenantId.Default, settled.Id, default));
        Assert.NotNull(await _store.GetDeliveryAsync(TenantId.Default, open.Id, default));
        Assert.Equal(2, (await _store.CountAsync(new StatisticsQuery { Tenant = TenantId.Default }, default)).Total);
    }

    [Fact]
    public async Task Run_IdentitiesThatTellNoDay_GoOneByOne()
    {
        await Work.AcceptAsync(_store, 3);
        await SettleAllAsync();
        await _clock.AdvanceAsync(Keep - TimeSpan.FromHours(1));
        await _retention.RunAsync(default);
        Assert.Equal(3, await CountAsync("deliveries"));

        await _clock.AdvanceAsync(TimeSpan.FromHours(2));
        await _retention.RunAsync(default);

        Assert.Equal((0, 0, 0), (await CountAsync("deliveries"), await CountAsync("messages"), await CountAsync("states")));
        Assert.Equal(3, (await _store.CountAsync(new StatisticsQuery { Tenant = TenantId.Default }, default)).Total);
    }

    [Fact]
    public async Task Run_KeysWhoseWindowEnded_Go()
    {
        var accept = Work.Accept().Accept! with { Idempotency = new IdempotencyClaim("key", 1, _clock.Now.AddHours(1)) };
        await _store.CommitAsync([new Change { Accept = accept }], default);

        await _retention.RunAsync(default);
        Assert.Equal(1, await CountAsync("idempotency"));

        await _clock.AdvanceAsync(TimeSpan.FromHours(2));
        await _retention.RunAsync(default);
        Assert.Equal(0, await CountAsync("idempotency"));
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Identities of the clock's day, as the suite makes them; the day has its partition then.</summary>
    private async Task<StoredDelivery> AcceptOfTodayAsync()
    {
        await SchemaGate.PrepareDaysAsync(_store.Database, default);
        var message = Some.StoredMessage() with { Id = new MessageId(Guid.CreateVersion7(_clock.Now)) };
        var delivery = Some.StoredDelivery(message) with { Id = new DeliveryId(Guid.CreateVersion7(_clock.Now)) };
        await _store.CommitAsync([Some.Accept(message, delivery)], default);
        return delivery;
    }

    private async Task SettleAllAsync()
    {
        var claimed = await _store.ClaimAsync(Work.Claim(100), default);
        await _store.CommitAsync([.. claimed.Select(work => Work.Sent(work, _clock.Now))], default);
        var report = new StoredEvent
        {
            Key = "e", Tenant = TenantId.Default, DeliveryId = claimed[0].Delivery!.Delivery.Id, Type = MessageEventType.Opened, OccurredAt = _clock.Now, ReceivedAt = _clock.Now,
        };
        await _store.CommitAsync([new Change { Events = [report] }], default);
    }

    private async Task<long> CountAsync(string table) =>
        (await _store.Database.ListAsync($"SELECT count(*) FROM messaging.{table}", reader => reader.GetInt64(0), default))[0];

    private async Task<bool> IsThereAsync(string table) =>
        (await _store.Database.ListAsync($"SELECT to_regclass('messaging.{table}') IS NOT NULL", reader => reader.GetBoolean(0), default))[0];
}
