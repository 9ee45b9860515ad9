using System.Runtime.CompilerServices;
using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Server;
using Messaging.Testing;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>What a claim brings, however many passes over the lanes it took and however often a message is in it.</summary>
public sealed class ClaimerTests : IAsyncLifetime
{
    private ManualClock _clock = null!;
    private PostgreSqlStore _store = null!;

    public async Task InitializeAsync()
    {
        var database = await TestCluster.DatabaseAsync();
        (_clock, _store) = (new ManualClock(database), Work.Store(database));
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Claim_ReservedForALowLane_BringsTheMostUrgentFirstAndEachLaneInItsOrder()
    {
        MessagePriority[] lanes = [MessagePriority.Bulk, MessagePriority.Critical, MessagePriority.Normal];
        Change[] accepted = [.. Enumerable.Range(0, 15).Select(i => Work.Accept(priority: lanes[i % 3]))];
        await AcceptedAsync(accepted);

        var claimed = await _store.ClaimAsync(Work.Claim(11) with { Reserved = [0, 1, 1, 3] }, default);

        Assert.Equal(
            [.. accepted.Where((_, i) => i % 3 == 1).Take(5), .. accepted.Where((_, i) => i % 3 == 2).Take(3), .. accepted.Where((_, i) => i % 3 == 0).Take(3)],
            claimed.Select(work => accepted.Single(change => change.Accept!.Deliveries[0].Id.Value == work.Lease.WorkId)));
    }

    [Fact]
    public async Task Claim_DeliveriesOfOneMessageAmongOthers_GivesEachItsMessage()
    {
        var (bulk, other) = (Some.StoredMessage() with { Reference = "bulk" }, Some.StoredMessage() with { Reference = "other" });
        await AcceptedAsync(Some.Accept(bulk, [.. Enumerable.Range(0, 3).Select(_ => Some.StoredDelivery(bulk))]));
        await AcceptedAsync(Some.Accept(other, Some.StoredDelivery(other)));
        await AcceptedAsync(new Change { Accept = new Acceptance { Deliveries = [Some.StoredDelivery(bulk) with { ItemHash = 7 }] } });

        var claimed = await _store.ClaimAsync(Work.Claim(10), default);

        Assert.Equal(["bulk", "bulk", "bulk", "other", "bulk"], claimed.Select(work => work.Delivery!.Message.Reference));
        Assert.All(claimed, work => Assert.Equal(work.Delivery!.Delivery.MessageId, work.Delivery.Message.Id));
        Assert.Same(claimed[0].Delivery!.Message, claimed[2].Delivery!.Message);
    }

    /// <summary>The store's clock stands still, so no later claim looks from the very front: what a claim passes stays behind.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_WhileANewcomerIsCommitted_DoesNotPassIt(bool bringsMore)
    {
        var database = await TestCluster.DatabaseAsync();
        await using var store = new PostgreSqlStore(new PostgreSqlOptions { ConnectionString = database }, new ManualTimeProvider());
        await Work.AcceptAsync(store, 60);
        await store.ClaimAsync(Work.Claim(10), default);
        var newcomer = Work.Accept(Some.Tenant());
        newcomer = new Change
        {
            Accept = newcomer.Accept! with { Idempotency = new IdempotencyClaim("key", 1, Some.Instant.AddYears(9)) },
            Enqueues = bringsMore ? [Later()] : [],
        };

        // Who commits reads keys first and writes them last, so it stops when the newcomer has its turn.
        await using var holder = new NpgsqlConnection(database + ";Pooling=false");
        await holder.OpenAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, "LOCK TABLE messaging.idempotency IN SHARE MODE");
        var accepting = store.CommitAsync([newcomer], default);
        while (await ExecuteAsync(holder, "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'messaging.idempotency'::regclass") == 0)
        {
            Assert.False(accepting.IsCompleted);
        }

        await store.ClaimAsync(Work.Claim(10), default);
        await transaction.CommitAsync();
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await accepting).Status);

        var claimed = await store.ClaimAsync(Work.Claim(10), default);

        Assert.Equal(10, claimed.Count);
        Assert.Contains(claimed, work => work.Lease.WorkId == newcomer.Accept!.Deliveries[0].Id.Value);
    }

    [Fact]
    public async Task Claim_LeaseEndedWhileNothingIsReady_BringsItBack()
    {
        await Work.AcceptAsync(_store, 1);
        var first = Assert.Single(await _store.ClaimAsync(Work.Claim(1), default));
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(2));

        var second = Assert.Single(await _store.ClaimAsync(Work.Claim(1), default));

        Assert.Equal(first.Lease.WorkId, second.Lease.WorkId);
        Assert.True(second.Lease.Fence > first.Lease.Fence);
        Assert.Equal(2, second.Claims);
    }

    [Fact]
    public async Task Claim_LeaseEndedBehindFullClaims_IsFoundWhenThereIsNoMore()
    {
        await Work.AcceptAsync(_store, 30);
        var lost = await _store.ClaimAsync(Work.Claim(10, TimeSpan.FromSeconds(10)), default);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        var rest = new List<Guid>();
        while (await _store.ClaimAsync(Work.Claim(10), default) is { Count: > 0 } claimed)
        {
            rest.AddRange(claimed.Select(work => work.Lease.WorkId));
        }

        Assert.Equal(30, rest.Count);
        Assert.Superset(lost.Select(work => work.Lease.WorkId).ToHashSet(), rest.ToHashSet());
    }

    [Fact]
    public async Task Claim_CallBegunUnderALostLease_SaysSoAndSinceWhen()
    {
        await Work.AcceptAsync(_store, 1);
        var first = Assert.Single(await _store.ClaimAsync(Work.Claim(1), default));
        var claimedAt = _clock.Now;
        await AcceptedAsync(new Change { Begins = [new AttemptStart(first.Lease, "email")] });
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(2));

        var second = Assert.Single(await _store.ClaimAsync(Work.Claim(1), default)).Delivery!.State;

        Assert.True(second.AttemptBegan);
        Assert.Equal(claimedAt, second.Since);
    }

    [Fact]
    public async Task Claim_BulkInManyClaims_GivesEveryDeliveryTheMessage()
    {
        var (bulk, next) = (Some.StoredMessage() with { Payload = new byte[] { 1, 2, 3 } }, Some.StoredMessage() with { Payload = new byte[] { 4 } });
        foreach (var message in new[] { bulk, next })
        {
            await AcceptedAsync(Some.Accept(message));
            await AcceptedAsync([.. Enumerable.Range(1, 25).Select(i => new Change { Accept = new Acceptance { Deliveries = [Some.StoredDelivery(message) with { ItemHash = (UInt128)i }] } })]);
        }

        var claimed = new List<LeasedWork>();
        while (await _store.ClaimAsync(Work.Claim(10), default) is { Count: > 0 } some)
        {
            claimed.AddRange(some);
        }

        Assert.Equal(50, claimed.Count);
        Assert.All(claimed.Take(25), work => Assert.Equal((bulk.Id, 3), (work.Delivery!.Message.Id, work.Delivery.Message.Payload.Length)));
        Assert.All(claimed.Skip(25), work => Assert.Equal((next.Id, 1), (work.Delivery!.Message.Id, work.Delivery.Message.Payload.Length)));
        Assert.Same(claimed[2].Delivery!.Message, claimed[12].Delivery!.Message); // of two claims: the content crossed the wire once
    }

    [Fact]
    public async Task Claim_NothingLeft_LetsGoOfTheBulksContent()
    {
        var bulk = Some.StoredMessage();
        await AcceptedAsync(Some.Accept(bulk));
        var kept = new List<StoredMessage>();
        for (var i = 1; i <= 2; i++)
        {
            await AcceptedAsync(new Change { Accept = new Acceptance { Deliveries = [Some.StoredDelivery(bulk) with { ItemHash = (UInt128)i }] } });
            kept.Add(Assert.Single(await _store.ClaimAsync(Work.Claim(10), default)).Delivery!.Message);
            Assert.Empty(await _store.ClaimAsync(Work.Claim(10), default));
        }

        Assert.NotSame(kept[0], kept[1]);
    }

    [Fact]
    public async Task Claim_JustStored_BringsWhatALaterOneReads()
    {
        var message = Some.StoredMessage() with
        {
            Template = "welcome", Reference = "order 7", ExpiresAt = Some.Instant.AddYears(1), Category = "marketing", Payload = new byte[] { 1, 2 },
        };
        var delivery = Some.StoredDelivery(message) with
        {
            ContactId = new ContactId(Guid.NewGuid()), Reference = "line 1", PlanId = new PlanId(Guid.NewGuid()), PlanStep = 2, ItemHash = 9,
            Priority = MessagePriority.High, Payload = new byte[] { 3 },
        };
        await AcceptedAsync(Some.Accept(message, delivery));

        var known = Assert.Single(await _store.ClaimAsync(Work.Claim(1), default)).Delivery!;

        await _clock.AdvanceAsync(TimeSpan.FromMinutes(2));
        var read = Assert.Single(await _store.ClaimAsync(Work.Claim(1), default)).Delivery!;
        Assert.NotSame(read.Message, known.Message);
        Assert.Equal(read.Message with { Payload = default }, known.Message with { Payload = default });
        Assert.Equal(read.Delivery with { Payload = default }, known.Delivery with { Payload = default });
        Assert.Equal((byte[])[1, 2], known.Message.Payload.ToArray());
        Assert.Equal((byte[])[3], known.Delivery.Payload.ToArray());
        Assert.Equal(read.State with { Since = known.State.Since }, known.State);
    }

    [Fact]
    public async Task Claim_JustStored_LooksAtTheQueueOnly()
    {
        await using var plans = PlanWatcher.On(await TestCluster.DatabaseAsync());
        await using var store = Work.Store(plans.Source);
        await Work.AcceptAsync(store, 5);
        plans.Clear();

        Assert.Equal(5, (await store.ClaimAsync(Work.Claim(10), default)).Count);

        Assert.NotEmpty(plans.Of("messaging.work"));
        Assert.Empty(plans.Of("messaging.deliveries"));
    }

    /// <summary>What a sender tries to store under an identity that is taken is not what is there.</summary>
    [Fact]
    public async Task Claim_IdentityWasTaken_BringsWhatIsStored()
    {
        var message = Some.StoredMessage();
        var delivery = Some.StoredDelivery(message) with { Payload = new byte[] { 1 } };
        await AcceptedAsync(Some.Accept(message, delivery));
        Work.Forget(_store);
        await _store.CommitAsync([Some.Accept(message, delivery with { Payload = new byte[] { 2 } })], default);

        var claimed = Assert.Single(await _store.ClaimAsync(Work.Claim(10), default)).Delivery!;

        Assert.Equal((byte[])[1], claimed.Delivery.Payload.ToArray());
    }

    [Fact]
    public async Task Claim_DeliveryIsGone_BringsTheOthersAndThenNamesItAndTheCure()
    {
        await Work.AcceptAsync(_store, 3);
        Work.Forget(_store);
        var gone = await _store.Database.ListAsync("DELETE FROM messaging.deliveries WHERE id = (SELECT id FROM messaging.deliveries LIMIT 1) RETURNING id", static reader => reader.GetGuid(0), default);

        var claimed = await _store.ClaimAsync(Work.Claim(10), default);

        Assert.Equal(2, claimed.Count);
        Assert.DoesNotContain(claimed, work => work.Lease.WorkId == gone[0]);
        await Work.AcceptAsync(_store, 1);
        var told = await Assert.ThrowsAsync<MessagingStorageException>(() => _store.ClaimAsync(Work.Claim(10), default).AsTask());
        Assert.Contains(gone[0].ToString(), told.Message, StringComparison.Ordinal);
        Assert.Contains("messaging.work", told.Message, StringComparison.Ordinal);
        Assert.Single(await _store.ClaimAsync(Work.Claim(10), default));
    }

    [Fact]
    public async Task Claim_NothingButADeliveryThatIsGone_NamesIt()
    {
        await Work.AcceptAsync(_store, 1);
        Work.Forget(_store);
        var gone = await _store.Database.ListAsync("DELETE FROM messaging.deliveries RETURNING id", static reader => reader.GetGuid(0), default);

        var told = await Assert.ThrowsAsync<MessagingStorageException>(() => _store.ClaimAsync(Work.Claim(10), default).AsTask());

        Assert.Contains(gone[0].ToString(), told.Message, StringComparison.Ordinal);
    }

    /// <summary>What it has is leased already: forgotten, it would be held until the leases end, and a node that stops would not hand it back.</summary>
    [Fact]
    public async Task Claim_StoppedBeforeItLooksAgain_BringsWhatItHas()
    {
        using var stopping = new CancellationTokenSource();
        await using var bench = await SecondLook.MakeAsync(async () =>
        {
            await stopping.CancelAsync();
            stopping.Token.ThrowIfCancellationRequested();
        });

        var claimed = await bench.ClaimAsync(stopping.Token);

        Assert.True(stopping.IsCancellationRequested);
        Assert.Equal(5, claimed.Count);
        Assert.Empty(await bench.Store.ClaimAsync(Work.Claim(10), default));
    }

    [Fact]
    public async Task Claim_FailsWhenItLooksAgain_BringsWhatItHasAndTellsBeforeTheNext()
    {
        await using var bench = await SecondLook.MakeAsync(() => throw new IOException("The cable."));

        Assert.Equal(5, (await bench.ClaimAsync(default)).Count);

        await Work.AcceptAsync(bench.Store, 1);
        Assert.Equal("The cable.", (await Assert.ThrowsAsync<IOException>(() => bench.Store.ClaimAsync(Work.Claim(10), default).AsTask())).Message);
        Assert.Single(await bench.Store.ClaimAsync(Work.Claim(10), default));
    }

    private async Task AcceptedAsync(params Change[] changes) =>
        Assert.All(await _store.CommitAsync(changes, default), result => Assert.Equal(ChangeStatus.Applied, result.Status));

    private static WorkItem Later() => new()
    {
        Id = Guid.NewGuid(), Kind = WorkKind.NotifyHost, Tenant = TenantId.Default, Priority = MessagePriority.Normal, DueAt = DateTimeOffset.UtcNow.AddYears(1),
    };

    private static async Task<long> ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync() as long? ?? 0;
    }

    /// <summary>A store whose next claim finds 5, goes on where the last one ended, and so looks again from the front: then something happens.</summary>
    private sealed class SecondLook : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _source;
        private readonly AsyncLocal<StrongBox<int>?> _opened = new();

        private SecondLook(string database, Func<Task> happens)
        {
            // Each look opens a connection, and without a pool each of these is a new one.
            var builder = new NpgsqlDataSourceBuilder(database + ";Pooling=false");
            builder.UsePhysicalConnectionInitializer(
                _ => throw new NotSupportedException(), _ => _opened.Value is { } count && ++count.Value == 2 ? happens() : Task.CompletedTask);
            _source = builder.Build();
            Store = new PostgreSqlStore(new PostgreSqlOptions { DataSource = _source }, new ManualTimeProvider());
        }

        public PostgreSqlStore Store { get; }

        public static async Task<SecondLook> MakeAsync(Func<Task> happens)
        {
            var bench = new SecondLook(await TestCluster.DatabaseAsync(), happens);
            await Work.AcceptAsync(bench.Store, 15);
            Assert.Equal(10, (await bench.Store.ClaimAsync(Work.Claim(10), default)).Count);
            return bench;
        }

        public async Task<IReadOnlyList<LeasedWork>> ClaimAsync(CancellationToken cancellationToken)
        {
            _opened.Value = new StrongBox<int>();
            return await Store.ClaimAsync(Work.Claim(10), cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await Store.DisposeAsync();
            await _source.DisposeAsync();
        }
    }
}
