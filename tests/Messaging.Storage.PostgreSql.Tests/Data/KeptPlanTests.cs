using System.Globalization;
using System.Text.RegularExpressions;
using Messaging.Channels;
using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>A connection keeps the plans that it made. Those that it made while the store was empty must not read a backlog from end to end when one has come.</summary>
public sealed partial class KeptPlanTests : IAsyncLifetime
{
    private const int Backlog = 3_000;

    private static readonly RateLimit Limit = new(1_000, TimeSpan.FromSeconds(1), 1_000);

    private PlanWatcher _plans = null!;
    private PostgreSqlStore _store = null!;
    private PostgreSqlStore _other = null!;
    private PostgreSqlRateLimitStore _limits = null!;
    private IEntityStore _entities = null!;
    private int _round;

    public async Task InitializeAsync()
    {
        var database = await TestCluster.DatabaseAsync();
        var options = new PostgreSqlOptions { ConnectionString = database + ";Max Auto Prepare=200;Auto Prepare Min Usages=1;Options=-c plan_cache_mode=force_generic_plan" };
        _plans = PlanWatcher.On(Database.Connect(options), connections: 1, analyze: true);
        (_store, _other) = (Work.Store(_plans.Source), Work.Store(database));
        (_entities, _limits) = (_store, new PostgreSqlRateLimitStore(_store));
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _other.DisposeAsync();
        await _plans.DisposeAsync();
    }

    /// <param name="before">What the database learns about its tables while they are small; any change of that has statements planned anew.</param>
    [Theory]
    [InlineData("")]
    [InlineData("ANALYZE")]
    [InlineData("VACUUM ANALYZE")]
    public Task EveryStatement_PlannedOnASmallStore_TouchesWhatItNamesOnly(string before) => PlannedBeforeAsync(before, UseAsync, most: 300);

    /// <summary>A list is planned each time, but the database may know little of what has just come: to read it once is bad enough, and once for each row is not borne.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("ANALYZE")]
    [InlineData("VACUUM ANALYZE")]
    public async Task EveryList_ThatTheDatabaseKnowsLittleOf_ReadsNothingTwice(string before)
    {
        await Work.AcceptAsync(_store, 1);
        await CommitAsync(Put("first", 1));
        await PlannedBeforeAsync(before, ListAsync, most: 5 * Backlog);
    }

    private async Task PlannedBeforeAsync(string before, Func<Task> use, int most)
    {
        await use();
        if (before.Length > 0)
        {
            await _store.Database.ExecuteAsync(before, default);
            await use();
        }

        await FillAsync();
        _plans.Clear();

        await use();

        var plans = _plans.Of("actual rows=");
        Assert.NotEmpty(plans);
        Assert.True(plans.All(plan => Touched(plan) <= most), string.Join("\n\n", plans.Where(plan => Touched(plan) > most)));
    }

    /// <summary>Returns how many rows the busiest part of a plan took up or turned away.</summary>
    private static long Touched(string plan) => Taken().Matches(plan).Concat(TurnedAway().Matches(plan))
        .Select(match => Number(match.Groups["rows"]) * Number(match.Groups["loops"])).DefaultIfEmpty().Max();

    private static long Number(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?:Seq|Index|Only|Heap|Tid) Scan [^\n]*rows=(?<rows>\d+) loops=(?<loops>\d+)\)")]
    private static partial Regex Taken();

    [GeneratedRegex(@"loops=(?<loops>\d+)\)(?:(?!loops=|->).)*?Rows Removed by (?:Join )?Filter: (?<rows>\d+)", RegexOptions.Singleline)]
    private static partial Regex TurnedAway();

    /// <summary>Runs every kind of statement that goes by key.</summary>
    private async Task UseAsync()
    {
        _round++;
        await Work.AcceptAsync(_store, 40);
        Work.Forget(_store);
        var claimed = await _store.ClaimAsync(Work.Claim(20), default);
        Assert.Equal(20, claimed.Count);
        Assert.Equal(20, (await _store.ExtendAsync([.. claimed.Select(work => work.Lease)], TimeSpan.FromMinutes(2), default)).Count);
        await CommitAsync([.. claimed.Take(8).Select(Sent)]);
        await CommitAsync([.. claimed.Skip(8).Take(4).Select(work => Later(work, Some.Instant))]);
        await _store.Promoter.PromoteAsync(default);
        await CommitAsync([.. claimed.Skip(12).Take(4).Select(work => Parked(work))]);
        await CommitAsync(new Change { Releases = [new Release("held", 10)] });
        await CommitAsync([.. claimed.Skip(16).Take(4).Select(work => new Change { Begins = [new AttemptStart(work.Lease, "email")] })]);
        await CommitAsync([.. claimed.Skip(16).Take(4).Select(work => Cancel(work.Delivery!.Delivery))]);
        await CommitAsync([.. claimed.Take(4).Select(work => Delivered(work.Delivery!.Delivery))]);
        await ReadAsync(claimed[0].Delivery!.Delivery);
        await WriteEntitiesAsync();
        await _limits.AcquireAsync([Charge(1), Charge(2)], default);
    }

    private async Task ReadAsync(StoredDelivery delivery)
    {
        Assert.NotNull(await _store.GetMessageAsync(delivery.Tenant, delivery.MessageId, default));
        Assert.NotNull(await _store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default));
        Assert.NotNull(await _store.FindForReceiptAsync(null, "email", "provider-" + delivery.Id.Value.ToString("N"), default));
        Assert.NotEmpty(await _store.GetTimelineAsync(delivery.Tenant, delivery.Id, default));
    }

    private async Task ListAsync()
    {
        DeliveryQuery all = new() { Tenant = TenantId.Default, Limit = 5 };
        var found = await _store.QueryAsync(all, default);
        var first = await _store.GetDeliveryAsync(TenantId.Default, found.Items[0].Id, default);
        Assert.Single((await _store.QueryAsync(all with { Address = first!.Delivery.Address }, default)).Items);
        Assert.Empty((await _store.QueryAsync(all with { DeadLetters = true }, default)).Items);
        Assert.InRange((await _store.CountAsync(new StatisticsQuery { Tenant = TenantId.Default }, default)).Total, 1, 3 * Backlog);
        foreach (var index in (string?[])["code", "tag", null])
        {
            var values = index == "tag" ? "t" : "first";
            Assert.NotEmpty((await _entities.FindAsync<SampleEntity>(new EntityQuery { Tenant = TenantId.Default, Index = index, Values = [values], Limit = 5 }, default)).Items);
        }

        Assert.NotEmpty((await _entities.FindAsync<SampleEntity>(new EntityQuery { Index = "rank", Limit = 5 }, default)).Items);
        Assert.NotEmpty((await _entities.FindAsync<SampleEntity>(new EntityQuery { Index = "code", Values = ["first", "e-7"], Limit = 5 }, default)).Items);
    }

    private async Task WriteEntitiesAsync()
    {
        var key = "round-" + _round.ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < 2; i++)
        {
            await CommitAsync(Put(key, i));
        }

        Assert.NotNull(await _entities.GetAsync<SampleEntity>(TenantId.Default, key, default));
        await CommitAsync(new Change { Entities = [EntityChange.Delete<SampleEntity>(TenantId.Default, key)] });
    }

    private async Task FillAsync()
    {
        await Work.AcceptAsync(_other, 2 * Backlog);
        for (var left = Backlog; left > 0;)
        {
            var claimed = await _other.ClaimAsync(Work.Claim(500), default);
            var results = await _other.CommitAsync([.. claimed.Select(Sent)], default);
            Assert.All(results, result => Assert.Equal(ChangeStatus.Applied, result.Status));
            left -= claimed.Count;
        }

        await _other.CommitAsync([.. Enumerable.Range(0, Backlog).Select(i => Put("e-" + i.ToString(CultureInfo.InvariantCulture), i))], default);
        await new PostgreSqlRateLimitStore(_other).AcquireAsync([.. Enumerable.Range(0, Backlog).Select(Charge)], default);
    }

    private async Task CommitAsync(params Change[] changes) =>
        Assert.All(await _store.CommitAsync(changes, default), result => Assert.Equal(ChangeStatus.Applied, result.Status));

    private static Change Sent(LeasedWork work) => new()
    {
        Settles = [Work.Sent(work, Some.Instant).Settles[0] with { ProviderId = "provider-" + work.Lease.WorkId.ToString("N") }],
    };

    private static Change Later(LeasedWork work, DateTimeOffset due) =>
        new() { Settles = [new Settlement { Lease = work.Lease, Next = WorkState.Waiting, DueAt = due, At = Some.Instant }] };

    private static Change Parked(LeasedWork work) =>
        new() { Settles = [new Settlement { Lease = work.Lease, Next = WorkState.Parked, ParkKey = "held", At = Some.Instant }] };

    private static Change Delivered(StoredDelivery delivery) => new()
    {
        Events =
        [
            new StoredEvent
            {
                Key = delivery.Id.Value.ToString("N"), Tenant = delivery.Tenant, DeliveryId = delivery.Id, Type = MessageEventType.Delivered,
                OccurredAt = Some.Instant, ReceivedAt = Some.Instant, Account = "email",
            },
        ],
    };

    private static Change Cancel(StoredDelivery delivery) =>
        new() { Commands = [new DeliveryCommand(DeliveryCommandType.Cancel, delivery.Tenant, delivery.Id, Some.Instant)] };

    private static Change Put(string key, int i) => new()
    {
        Entities = [EntityChange.Put(SampleEntity.Some(key) with { Code = key, Tags = ["t"], Rank = i.ToString(CultureInfo.InvariantCulture) })],
    };

    private static RateCharge Charge(int i) => new([new RateBucket("bucket-" + i.ToString(CultureInfo.InvariantCulture), Limit)]);
}
