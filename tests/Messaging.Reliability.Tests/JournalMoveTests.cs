using Messaging.Storage;
using Messaging.Storage.Journal;
using Messaging.Storage.PostgreSql;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;
using Messaging.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Reliability;

/// <summary>A journal is moved into PostgreSQL: everything is there, nothing twice, and the journal opens no more.</summary>
public sealed class JournalMoveTests : IAsyncLifetime, IDisposable
{
    private static readonly TenantId s_tenant = new("salon");
    private static readonly UInt128 s_print = 42;

    private readonly TestFolder _folder = new("move");
    private readonly Dictionary<DeliveryId, (DeliveryRecord Record, IReadOnlyList<TimelineEntry> Timeline)> _before = [];
    private readonly DateTimeOffset _start = Truncate(TimeProvider.System.GetUtcNow());
    private string _database = null!;
    private string _attachment = null!;

    public async Task InitializeAsync() => _database = await PostgresDatabases.CreateAsync();

    public Task DisposeAsync() => PostgresDatabases.DropAsync(_database);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_JournalWithSomethingOfEverything_AllIsThereAndStandsAsItDid()
    {
        await FillAsync();
        await using var services = Services();

        var moved = await JournalExport.RunAsync(_folder.Path, services);

        Assert.Equal(new JournalMove(6, 6, 1, 1, 2, 1), moved);
        await AssertMovedAsync(services);
    }

    [Fact]
    public async Task Run_StoppedInTheMiddleAndRunAgain_IsTheSame()
    {
        await FillAsync();
        await using (var services = Services())
        {
            for (var most = 1; most < 6; most++)
            {
                await using var stopped = Services(store => new StoppingImport(store, most));
                await Assert.ThrowsAsync<TimeoutException>(() => JournalExport.RunAsync(_folder.Path, stopped));
            }

            await JournalExport.RunAsync(_folder.Path, services);
            Assert.Equal(new JournalMove(0, 0, 0, 0, 0, 0), await JournalExport.RunAsync(_folder.Path, services));
            await AssertMovedAsync(services);
        }
    }

    [Fact]
    public async Task Open_JournalThatWasMoved_RefusesSoThatNothingIsSentTwice()
    {
        await FillAsync();
        await using var services = Services();
        await JournalExport.RunAsync(_folder.Path, services);

        var refused = Assert.Throws<JournalException>(Open);

        Assert.Equal(JournalProblem.Moved, refused.Problem);
        Assert.Contains("MOVED", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EntityOfUnknownKind_SaysWhichAndMovesNothing()
    {
        await FillAsync();
        await using var services = Services(isKnown: false);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => JournalExport.RunAsync(_folder.Path, services));

        Assert.Contains("sample", failure.Message, StringComparison.Ordinal);
        using var store = Open();
        Assert.Equal(6, (await store.QueryAsync(new DeliveryQuery { Tenant = s_tenant, Limit = 10 }, default)).Items.Count);
    }

    [Fact]
    public async Task Run_AnotherEntityHasAUniqueValue_SaysOfWhichKind()
    {
        await FillAsync();
        await using var services = Services();
        await services.GetRequiredService<IMessageStore>().CommitAsync([new Change { Entities = [EntityChange.Put(SampleEntity.Some("other") with { Code = "c1" })] }], default);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => JournalExport.RunAsync(_folder.Path, services));

        Assert.Contains("sample", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StoreThatCannotTakeOver_SaysWhichCan()
    {
        await FillAsync();
        await using var services = new ServiceCollection().AddMessaging().BuildServiceProvider();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => JournalExport.RunAsync(_folder.Path, services));

        Assert.Contains("UsePostgreSql", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>PostgreSQL keeps microseconds nowhere: instants are ticks. The clock of the journal is real, so that what was due is due there too.</summary>
    private static DateTimeOffset Truncate(DateTimeOffset instant) => new(instant.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static async Task ApplyAsync(JournalStore store, Change change) =>
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await store.CommitAsync([change], default)).Status);

    private static async Task<LeasedWork> ClaimAsync(IWorkQueue queue) =>
        Assert.Single(await queue.ClaimAsync(new ClaimRequest { Max = 1, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test", Kinds = [WorkKind.Deliver] }, default));

    private async Task FillAsync()
    {
        using var store = Open();
        var sent = await AcceptAsync(store, "sent");
        await SettleAsync(store, WorkState.Done, MessageEventType.Submitted, "p-1");
        await ApplyAsync(store, new Change { Events = [Report(sent)] });
        await AcceptAsync(store, "retried");
        await SettleAsync(store, WorkState.Ready, MessageEventType.Deferred, "p-2");
        await SettleAsync(store, WorkState.Waiting, MessageEventType.Deferred, "p-3");
        await AcceptAsync(store, "dead");
        await SettleAsync(store, WorkState.Done, MessageEventType.Rejected, null, deadLetter: true);
        await AcceptAsync(store, "scheduled", d => d with { Work = WorkState.Waiting, DueAt = _start.AddDays(1) });
        await AcceptAsync(store, "parked", d => d with { Work = WorkState.Parked, ParkKey = "held", Why = new Why("paused", "The account is paused.") });
        await AcceptAsync(store, "ready", claim: new IdempotencyClaim("booking-981", s_print, _start.AddDays(1)));
        await ApplyAsync(store, new Change
        {
            Enqueues = [new WorkItem { Id = Guid.NewGuid(), Kind = WorkKind.RouteCheck, Tenant = s_tenant, DueAt = _start.AddDays(2), Payload = new byte[] { 7 } }],
            Entities = [EntityChange.Put(SampleEntity.Some("one") with { Code = "c1" }), EntityChange.Put(SampleEntity.Some("two") with { Title = "Anna" })],
        });
        _attachment = await AttachAsync();
        foreach (var id in _before.Keys)
        {
            _before[id] = ((await store.GetDeliveryAsync(s_tenant, id, default))!, await store.GetTimelineAsync(s_tenant, id, default));
        }
    }

    private async Task<string> AttachAsync()
    {
        await using var services = new ServiceCollection().AddMessaging(m => m.UseJournal(_folder.Path)).BuildServiceProvider();
        using var content = new MemoryStream(new byte[300_000]);
        return await services.GetRequiredService<IAttachmentStore>().PutAsync(s_tenant, content, default);
    }

    private async Task<StoredDelivery> AcceptAsync(
        JournalStore store, string reference, Func<StoredDelivery, StoredDelivery>? with = null, IdempotencyClaim? claim = null)
    {
        var message = Some.StoredMessage() with { Tenant = s_tenant, AcceptedAt = _start, Reference = reference, Payload = new byte[] { 1, 2, 3 } };
        var delivery = Some.StoredDelivery(message) with { AcceptedAt = _start, Reference = reference, Payload = new byte[] { 4, 5 } };
        delivery = with?.Invoke(delivery) ?? delivery;
        await ApplyAsync(store, new Change { Accept = new Acceptance { Message = message, Deliveries = [delivery], Idempotency = claim } });
        _before.Add(delivery.Id, default);
        return delivery;
    }

    private async Task SettleAsync(JournalStore store, WorkState next, MessageEventType proves, string? providerId, bool deadLetter = false)
    {
        var work = await ClaimAsync(store);
        await ApplyAsync(store, new Change
        {
            Settles =
            [
                new Settlement
                {
                    Lease = work.Lease, Next = next, Proves = proves, At = _start.AddSeconds(3), ProviderId = providerId, DeadLetter = deadLetter,
                    DueAt = next == WorkState.Waiting ? _start.AddHours(1) : default, Why = proves == MessageEventType.Submitted ? null : new Why("later", "Busy."),
                    Attempt = new AttemptOutcome("sms", _start.AddSeconds(2), TimeSpan.FromMilliseconds(5), proves) { ProviderCode = "250" },
                },
            ],
        });
    }

    private StoredEvent Report(StoredDelivery delivery) => new()
    {
        Key = "report", Tenant = s_tenant, DeliveryId = delivery.Id, Type = MessageEventType.Delivered, OccurredAt = _start.AddSeconds(9), ReceivedAt = _start.AddSeconds(9), Account = "sms",
    };

    private async Task AssertMovedAsync(IServiceProvider services)
    {
        var (reader, store) = (services.GetRequiredService<IMessageReader>(), services.GetRequiredService<IMessageStore>());
        foreach (var (id, (before, timeline)) in _before)
        {
            var after = (await reader.GetDeliveryAsync(s_tenant, id, default))!;
            Assert.Equal(before.State, after.State);
            Assert.Equal(before.Delivery with { Payload = default }, after.Delivery with { Payload = default });
            Assert.Equal(before.Delivery.Payload.ToArray(), after.Delivery.Payload.ToArray());
            Assert.Equal(before.Message with { Payload = default }, after.Message with { Payload = default });
            Assert.Equal(before.Message.Payload.ToArray(), after.Message.Payload.ToArray());
            Assert.Equal(timeline, await reader.GetTimelineAsync(s_tenant, id, default));
        }

        await AssertFoundAsync(services, reader);
        await AssertClaimAsync(store);
        await AssertQueueAsync(services.GetRequiredService<IWorkQueue>());
    }

    private async Task AssertFoundAsync(IServiceProvider services, IMessageReader reader)
    {
        var listed = (await reader.QueryAsync(new DeliveryQuery { Tenant = s_tenant, Limit = 10 }, default)).Items;
        Assert.Equal(["ready", "parked", "scheduled", "dead", "retried", "sent"], listed.Select(item => item.Reference));
        Assert.Single((await reader.QueryAsync(new DeliveryQuery { Tenant = s_tenant, DeadLetters = true, Limit = 10 }, default)).Items);
        Assert.All(["p-1", "p-2", "p-3"], id => Assert.NotNull(reader.FindForReceiptAsync(null, "sms", id, default).AsTask().Result));
        var entities = services.GetRequiredService<IEntityStore>();
        Assert.Equal("c1", (await entities.GetAsync<SampleEntity>(TenantId.Default, "one", default))!.Value.Code);
        Assert.Single((await entities.FindAsync<SampleEntity>(new EntityQuery { Tenant = TenantId.Default, Index = "title", Values = ["anna"] }, default)).Items);
        await using var content = await services.GetRequiredService<IAttachmentStore>().OpenAsync(s_tenant, _attachment, default);
        Assert.Equal(300_000, content.Length);
    }

    private static async Task AssertClaimAsync(IMessageStore store)
    {
        var message = Some.StoredMessage() with { Tenant = s_tenant };
        var again = new Acceptance { Message = message, Deliveries = [Some.StoredDelivery(message)], Idempotency = new IdempotencyClaim("booking-981", s_print, TimeProvider.System.GetUtcNow().AddDays(1)) };
        Assert.Equal(ChangeStatus.Duplicate, Assert.Single(await store.CommitAsync([new Change { Accept = again }], default)).Status);
    }

    /// <summary>What was ready is there once, and what waits and is parked waits and is parked.</summary>
    private static async Task AssertQueueAsync(IWorkQueue queue)
    {
        var depth = await queue.MeasureAsync(default);
        Assert.Equal((1, 3, 1), (depth.Ready, depth.Waiting, depth.Parked));
        var work = await ClaimAsync(queue);
        Assert.Equal("ready", work.Delivery!.Delivery.Reference);
        Assert.Empty(await queue.ClaimAsync(new ClaimRequest { Max = 9, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default));
    }

    private JournalStore Open() =>
        new(new JournalOptions { Path = _folder.Path, LockTimeout = TimeSpan.Zero, SegmentSize = 1024 * 1024 }, TimeProvider.System, NullLogger<JournalStore>.Instance);

    private ServiceProvider Services(Func<PostgreSqlStore, IMessageStore>? wrap = null, bool isKnown = true)
    {
        var services = new ServiceCollection().AddMessaging(m => m.UsePostgreSql(_database));
        if (isKnown)
        {
            services.AddSingleton<IEntityKind, EntityKind<SampleEntity>>();
        }

        if (wrap is not null)
        {
            services.AddSingleton(provider => wrap(provider.GetRequiredService<PostgreSqlStore>()));
        }

        return services.BuildServiceProvider();
    }

    /// <summary>Goes away after some parcels.</summary>
    private sealed class StoppingImport(PostgreSqlStore store, int most) : IMessageStore, IStoreImport
    {
        private int _left = most;

        public ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken) => store.CommitAsync(changes, cancellationToken);

        public ValueTask ImportAsync(StoreParcel parcel, CancellationToken cancellationToken) =>
            _left-- > 0 ? store.ImportAsync(parcel, cancellationToken) : throw new TimeoutException();

        public ValueTask ImportAttachmentAsync(TenantId tenant, string key, Stream content, CancellationToken cancellationToken) => throw new TimeoutException();
    }
}
