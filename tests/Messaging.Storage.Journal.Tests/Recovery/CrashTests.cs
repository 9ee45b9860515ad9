using Messaging.Storage.Journal.Support;
using Messaging.Testing;

namespace Messaging.Storage.Journal.Recovery;

public sealed class CrashTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly TestDirectory _directory = new();
    private readonly TestDirectory _copy = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FaultyDisk _disk;

    public CrashTests() => _disk = new FaultyDisk(_directory.Path);

    public void Dispose()
    {
        _directory.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task Open_AfterKill_CountsTheClaimAndFencesItOff()
    {
        using var store = Journals.Open(_directory.Path, _time, _disk);
        await store.CommitAsync([Some.Accept()], default);
        var before = Assert.Single(await ClaimAsync(store));
        await store.CommitAsync([new Change { Begins = [new AttemptStart(before.Lease, "sms")] }], default);
        _disk.CrashTo(_copy.Path);

        using var reopened = Journals.Open(_copy.Path, _time);
        var after = Assert.Single(await ClaimAsync(reopened));

        Assert.Equal(2, after.Claims);
        Assert.True(after.Lease.Fence > before.Lease.Fence);
        Assert.True(after.Delivery!.State.AttemptBegan);
        var late = new Change { Settles = [new Settlement { Lease = before.Lease, Next = WorkState.Done }] };
        Assert.Equal(ChangeStatus.Stale, Assert.Single(await reopened.CommitAsync([late], default)).Status);
    }

    [Fact]
    public async Task Open_AfterKill_KeepsWhatWasSettled()
    {
        using var store = Journals.Open(_directory.Path, _time, _disk);
        var delivery = Some.StoredDelivery();
        await store.CommitAsync([Some.Accept(Some.StoredMessage() with { Id = delivery.MessageId }, delivery)], default);
        var claimed = Assert.Single(await ClaimAsync(store));
        await store.CommitAsync(
            [new Change { Settles = [new Settlement { Lease = claimed.Lease, Next = WorkState.Done, Proves = MessageEventType.Sent, At = _time.Now }] }], default);
        _disk.CrashTo(_copy.Path);

        using var reopened = Journals.Open(_copy.Path, _time);

        Assert.Empty(await ClaimAsync(reopened));
        Assert.Equal(DeliveryStatus.Sent, (await reopened.GetDeliveryAsync(delivery.Tenant, delivery.Id, default))!.State.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6, true)]
    [InlineData(7, true)]
    [InlineData(8, true)]
    public async Task Open_AfterLossOfPower_FindsAllThatWasAcknowledged(int seed, bool isCold = false)
    {
        var random = new Random(seed);
        var acknowledged = new List<StoredDelivery>();
        using var store = Journals.Open(_directory.Path, _time, _disk, o => (o.SegmentSize, o.RecordsInMemory) = (32 * 1024, isCold ? 0 : o.RecordsInMemory));
        for (var round = 0; round < 60; round++)
        {
            var deliveries = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Some.StoredDelivery() with { Payload = new byte[random.Next(2_000)] }).ToArray();
            var messages = deliveries.Select(delivery => Some.Accept(Some.StoredMessage() with { Id = delivery.MessageId, Tenant = delivery.Tenant }, delivery));
            await Task.WhenAll(messages.Select(change => store.CommitAsync([change], default).AsTask()));
            acknowledged.AddRange(deliveries);
            await ClaimAsync(store);
            if (round % 20 == 10)
            {
                await store.CompactAsync();
            }
        }

        var late = store.CommitAsync([Some.Accept()], default).AsTask();
        _disk.CrashTo(_copy.Path, random);
        await late;

        using var reopened = Journals.Open(_copy.Path, _time);
        foreach (var delivery in acknowledged)
        {
            var found = await reopened.GetDeliveryAsync(delivery.Tenant, delivery.Id, default);
            Assert.Equal(delivery.Payload.Length, found!.Delivery.Payload.Length);
        }
    }

    [Fact]
    public async Task Claim_OfWhatIsNotDurableYet_Waits()
    {
        using var store = Journals.Open(_directory.Path, _time, _disk);
        using var gate = new ManualResetEventSlim(initialState: false);
        _disk.FlushGate = gate;
        var commit = store.CommitAsync([Some.Accept()], default).AsTask();

        var claim = ClaimAsync(store);

        Assert.False(commit.IsCompleted);
        Assert.False(claim.IsCompleted);
        gate.Set();
        await commit.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Single(await claim.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task<IReadOnlyList<LeasedWork>> ClaimAsync(JournalStore store) =>
        await store.ClaimAsync(new ClaimRequest { Max = 100, LeaseFor = Lease, Owner = "test" }, default);
}
