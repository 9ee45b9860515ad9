using Messaging.Receiving;
using Messaging.Sending;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;

namespace Messaging.History;

public sealed class MessageHistoryTests : IDisposable
{
    private static readonly TenantId Tenant = TenantId.Default;

    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryStore _store;
    private readonly MessageHistory _history;

    public MessageHistoryTests()
    {
        _store = new MemoryStore(_clock);
        _history = new MessageHistory(_store, new BulkRefusals(_store), new Quarantine(_store), new PayloadFacts());
    }

    [Fact]
    public async Task GetAsync_Message_ShowsContentMetadataAndDeliveries()
    {
        var message = await AcceptAsync(new SendRequest
        {
            To = Some.Recipient(),
            Content = Some.Content(),
            Metadata = new Dictionary<string, string> { ["booking"] = "981" },
        });

        var details = await _history.GetAsync(Tenant, message.Id);

        Assert.Equal(Some.Content() with { Actions = details!.Content!.Actions }, details.Content);
        Assert.Equal("981", details.Metadata["booking"]);
        Assert.Equal((message.Reference, message.Category, message.AcceptedAt), (details.Reference, details.Category, details.AcceptedAt));
        Assert.Single(details.Deliveries);
    }

    [Fact]
    public async Task GetAsync_SensitiveMessage_ShowsNoContent()
    {
        var message = await AcceptAsync(Some.Request(), sensitive: true);
        var delivery = Assert.Single((await _history.GetAsync(Tenant, message.Id))!.Deliveries);

        Assert.Null((await _history.GetAsync(Tenant, message.Id))!.Content);
        Assert.Null((await _history.GetAsync(Tenant, delivery.Id))!.Content);
    }

    [Fact]
    public async Task GetAsync_MessageWithManyDeliveries_ShowsTheFirstHundred()
    {
        var message = await AcceptAsync(Some.Request(), deliveries: 120);

        Assert.Equal(100, (await _history.GetAsync(Tenant, message.Id))!.Deliveries.Count);
    }

    [Fact]
    public async Task GetAsync_OtherTenantOrUnknown_IsNull()
    {
        var message = await AcceptAsync(Some.Request());

        Assert.Null(await _history.GetAsync(new("salon"), message.Id));
        Assert.Null(await _history.GetAsync(new("salon"), await IdAsync(message)));
        Assert.Null(await _history.GetAsync(Tenant, Some.MessageId()));
        Assert.Null(await _history.GetAsync(Tenant, Some.DeliveryId()));
    }

    [Fact]
    public async Task GetAsync_Delivery_IsTheSameRowThatAQueryGives()
    {
        var message = await AcceptAsync(Some.Request(), deliveries: 3);
        await _store.AttemptAsync(MessageEventType.Submitted, _clock.Now);
        await _store.ClaimOneAsync();

        foreach (var row in (await _history.QueryAsync(new DeliveryQuery { Tenant = Tenant, MessageId = message.Id })).Items)
        {
            Assert.Equal(row, (await _history.GetAsync(Tenant, row.Id))!.Summary);
        }
    }

    [Fact]
    public async Task GetAsync_Delivery_TellsWhatHappenedInOrder()
    {
        var message = await AcceptAsync(Some.Request());
        var id = await IdAsync(message);
        var claimed = await _store.ClaimOneAsync();
        var night = new Why(WhyCodes.QuietHours, "It is quiet.", _clock.Now.AddHours(8));
        await _store.ApplyAsync(new Change
        {
            Settles = [new() { Lease = claimed.Lease, Next = WorkState.Waiting, DueAt = night.Until!.Value, Why = night, At = _clock.Now }],
        });
        _clock.Advance(TimeSpan.FromHours(8));
        await _store.AttemptAsync(MessageEventType.Submitted, _clock.Now);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _store.ApplyAsync(new Change { Events = [Event(id, MessageEventType.Delivered), Event(id, MessageEventType.Opened)] });

        var details = (await _history.GetAsync(Tenant, id))!;

        Assert.Equal(
            [TimelineType.Accepted, TimelineType.Deferred, TimelineType.Attempt, TimelineType.Settled, TimelineType.Event, TimelineType.Event],
            details.Timeline.Select(entry => entry.Type));
        Assert.Equal(night, details.Timeline[1].Why);
        Assert.Equal((1, "email", "250"), (details.Timeline[2].Attempt, details.Timeline[2].Account, details.Timeline[2].ProviderCode));
        Assert.Equal((DeliveryStatus.Delivered, "See you at 14:00."), (details.Summary.Status, details.Content!.Text));
        Assert.Equal([MessageEventType.Opened], details.Engagement);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task QueryAsync_PageOutOfRange_IsRefused(int limit)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _history.QueryAsync(new DeliveryQuery { Tenant = Tenant, Limit = limit }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _history.RefusedAsync(Tenant, Some.MessageId(), limit: limit));
    }

    [Fact]
    public async Task QueryAsync_NoTenantOrReversedTimes_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _history.QueryAsync(new DeliveryQuery { Tenant = default }));
        await Assert.ThrowsAsync<ArgumentException>(() => _history.QueryAsync(new DeliveryQuery { Tenant = Tenant, From = _clock.Now, To = _clock.Now.AddTicks(-1) }));
        await Assert.ThrowsAsync<ArgumentException>(() => _history.CountAsync(new StatisticsQuery { Tenant = default }));
    }

    [Fact]
    public async Task CountAsync_Message_CountsByStatus()
    {
        var message = await AcceptAsync(Some.Request(), deliveries: 3);
        await AcceptAsync(Some.Request());
        await _store.AttemptAsync(MessageEventType.Submitted, _clock.Now);

        var counts = await _history.CountAsync(new StatisticsQuery { Tenant = Tenant, MessageId = message.Id });

        Assert.Equal((3, 1, 2, 1), (counts.Total, counts[DeliveryStatus.Sent], counts[DeliveryStatus.Queued], counts.Settled));
    }

    [Fact]
    public async Task RefusedAsync_ManyItems_ListsThemInTheOrderOfTheStream()
    {
        var bulk = Some.MessageId();
        var refusals = Enumerable.Range(0, 25).Select(i => new BulkRefusal(i * 7, $"r{i}", [new RequestProblem("To", "invalid_address", "No.")])).ToArray();
        foreach (var refusal in refusals.Reverse().Concat(refusals))
        {
            await _store.ApplyAsync(new Change { Entities = [EntityChange.Put(new BulkRefused(Tenant, bulk.Value, refusal.Position, refusal.Reference, refusal.Problems))] });
        }

        List<BulkRefusal> read = [];
        string? cursor = null;
        do
        {
            var page = await _history.RefusedAsync(Tenant, bulk, cursor, limit: 10);
            read.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(refusals.Select(refusal => refusal.Position), read.Select(refusal => refusal.Position));
        Assert.Equal("invalid_address", Assert.Single(read[3].Problems).Code);
        Assert.Empty((await _history.RefusedAsync(Tenant, Some.MessageId())).Items);
        Assert.Empty((await _history.RefusedAsync(new("salon"), bulk)).Items);
    }

    public void Dispose() => _store.Dispose();

    private StoredEvent Event(DeliveryId id, MessageEventType type) => new()
    {
        Key = Some.Id().ToString(),
        Tenant = Tenant,
        DeliveryId = id,
        Type = type,
        OccurredAt = _clock.Now,
        ReceivedAt = _clock.Now,
    };

    private async Task<StoredMessage> AcceptAsync(SendRequest request, int deliveries = 1, bool sensitive = false)
    {
        var buffer = new PayloadBuffer();
        var message = Some.StoredMessage() with
        {
            Reference = "booking:981",
            Sensitive = sensitive,
            Payload = buffer.From(MessagePayload.Write(buffer, request, [], withData: false)).ToArray(),
        };
        buffer.Clear();
        var own = buffer.From(DeliveryPayload.Begin(buffer, new DeliveryFacts())).ToArray();
        var stored = Enumerable.Range(0, deliveries).Select(_ => Some.StoredDelivery(message) with { Payload = own }).ToArray();
        await _store.ApplyAsync(Some.Accept(message, stored));
        return message;
    }

    private async Task<DeliveryId> IdAsync(StoredMessage message) =>
        Assert.Single((await _store.QueryAsync(new DeliveryQuery { Tenant = Tenant, MessageId = message.Id }, default)).Items).Id;
}
