using Messaging.Testing;

namespace Messaging.Storage.Memory.History;

public sealed class HistorySweeperTests : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryStore _store;

    public HistorySweeperTests() => _store = new MemoryStore(_time, new MemoryStoreOptions { KeepHistoryFor = Kept, KeepStatisticsFor = TimeSpan.FromHours(3) });

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Commit_DeliveriesThatEndedLongAgo_AreForgottenWithEverythingThatNamedThem()
    {
        var message = Some.StoredMessage() with { Reference = "ref" };
        var delivery = Some.StoredDelivery(message) with { ContactId = Some.ContactId(), ItemHash = 7 };
        await CommitAsync(Some.Accept(message, delivery));
        await SettleAsync(deadLetter: true);
        await CommitAsync(Report(delivery, "key"));
        _time.Advance(Kept);

        await ChurnAsync(200);

        Assert.Null(await _store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default));
        Assert.Null(await _store.GetMessageAsync(message.Tenant, message.Id, default));
        Assert.Null(await _store.FindForReceiptAsync(delivery.Id, "email", "provider", default));
        var all = new DeliveryQuery { Tenant = message.Tenant };
        foreach (var query in new[]
        {
            all with { Reference = "ref" }, all with { ContactId = delivery.ContactId }, all with { Address = delivery.Address }, all with { DeadLetters = true },
        })
        {
            Assert.Empty((await _store.QueryAsync(query, default)).Items);
        }

        // All ids and keys are free again.
        await CommitAsync(Some.Accept(message, delivery));
        await CommitAsync(Report(delivery, "key"));
    }

    [Fact]
    public async Task Commit_WhatIsNotOverOrNotLongAgo_IsKept()
    {
        var waiting = Some.StoredDelivery() with { Work = WorkState.Parked, ParkKey = "key" };
        await CommitAsync(Some.Accept(waiting));
        _time.Advance(Kept + Kept);
        var young = Some.StoredDelivery();
        await CommitAsync(Some.Accept(young));
        await SettleAsync();
        _time.Advance(Kept - TimeSpan.FromSeconds(1));

        await ChurnAsync(200);

        Assert.NotNull(await _store.GetDeliveryAsync(waiting.Tenant, waiting.Id, default));
        Assert.NotNull(await _store.GetDeliveryAsync(young.Tenant, young.Id, default));
    }

    [Fact]
    public async Task Commit_SteadyStream_MemoryStaysBounded()
    {
        var payload = new byte[20_000];
        long half = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var message = Some.StoredMessage() with { Payload = payload, AcceptedAt = _time.Now };
            await CommitAsync(Some.Accept(message, Some.StoredDelivery(message)));
            await SettleAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
            half = i == 2_000 ? _store.Size : half;
        }

        // An hour's 60 messages, those not swept yet, and slabs that are not let go yet.
        Assert.InRange(_store.Size, 0, half * 2);
        Assert.InRange(_store.Size, 0, 400L * payload.Length);
    }

    [Fact]
    public async Task Count_OfForgottenDeliveries_StaysUntilItsOwnTimeIsOver()
    {
        await CommitAsync(Some.Accept(Some.StoredDelivery() with { AcceptedAt = _time.Now }));
        await SettleAsync();
        _time.Advance(Kept);
        await ChurnAsync(100);
        var query = new StatisticsQuery { Tenant = TenantId.Default };
        var first = (await _store.CountAsync(query, default)).ByHour[0];
        Assert.Equal((new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), 1L), (first.Hour, first.Count));

        _time.Advance(TimeSpan.FromHours(3));
        await ChurnAsync(400);
        _time.Advance(TimeSpan.FromHours(1));
        await ChurnAsync(1);

        Assert.Equal([14, 15], (await _store.CountAsync(query, default)).ByHour.Select(count => count.Hour.Hour));
    }

    [Fact]
    public async Task Query_RowOfTheCursorIsForgotten_GoesOnWhereItWas()
    {
        var kept = new List<StoredDelivery>();
        for (var i = 0; i < 6; i++)
        {
            var delivery = Some.StoredDelivery() with { Work = i == 2 ? WorkState.Done : WorkState.Parked, ParkKey = "key" };
            await CommitAsync(Some.Accept(delivery));
            kept.Add(delivery);
        }

        var page = await _store.QueryAsync(new DeliveryQuery { Tenant = TenantId.Default, Limit = 4 }, default);
        Assert.Equal(kept[2].Id, page.Items[^1].Id);
        _time.Advance(Kept);
        await ChurnAsync(100, new TenantId("another"));
        Assert.Null(await _store.GetDeliveryAsync(TenantId.Default, kept[2].Id, default));

        var rest = await _store.QueryAsync(new DeliveryQuery { Tenant = TenantId.Default, Limit = 4, Cursor = page.Next }, default);

        Assert.Equal([kept[1].Id, kept[0].Id], rest.Items.Select(row => row.Id));
    }

    private static Change Report(StoredDelivery delivery, string key) => new()
    {
        Events =
        [
            new StoredEvent
            {
                Key = key,
                Tenant = delivery.Tenant,
                DeliveryId = delivery.Id,
                Type = MessageEventType.Delivered,
                OccurredAt = Some.Instant,
                ReceivedAt = Some.Instant,
            },
        ],
    };

    private async Task CommitAsync(Change change) =>
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await _store.CommitAsync([change], default)).Status);

    private async Task SettleAsync(bool deadLetter = false)
    {
        var work = Assert.Single(await _store.ClaimAsync(new ClaimRequest { Max = 1, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default));
        await CommitAsync(new Change
        {
            Settles =
            [
                new Settlement
                {
                    Lease = work.Lease,
                    Next = WorkState.Done,
                    At = _time.Now,
                    Proves = deadLetter ? MessageEventType.Dead : MessageEventType.Submitted,
                    DeadLetter = deadLetter,
                    ProviderId = "provider",
                    Attempt = new AttemptOutcome("email", _time.Now, TimeSpan.Zero, MessageEventType.Submitted),
                },
            ],
        });
    }

    /// <summary>Takes in messages that are done at once, so that the sweep goes round.</summary>
    private async Task ChurnAsync(int count, TenantId? tenant = null)
    {
        for (var i = 0; i < count; i++)
        {
            await CommitAsync(Some.Accept(Some.StoredDelivery() with { Work = WorkState.Done, Tenant = tenant ?? TenantId.Default, AcceptedAt = _time.Now }));
        }
    }
}
