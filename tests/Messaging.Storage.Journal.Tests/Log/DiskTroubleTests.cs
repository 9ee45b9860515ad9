using Messaging.Storage.Journal.Support;
using Messaging.Testing;

namespace Messaging.Storage.Journal.Log;

public sealed class DiskTroubleTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FaultyDisk _disk;

    public DiskTroubleTests() => _disk = new FaultyDisk(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Commit_DiskFull_IsRefusedAndGoesOnOnceThereIsRoom()
    {
        using var store = Journals.Open(_directory.Path, _time, _disk, o => o.SegmentSize = 16 * 1024);
        _disk.IsFull = true;
        var (accepted, failure) = await FillAsync(store);

        Assert.Equal(JournalProblem.Full, failure.Problem);
        Assert.NotEmpty(await store.ClaimAsync(new ClaimRequest { Max = 1, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default));
        _disk.IsFull = false;
        var later = await AcceptAsync(store);
        Assert.NotNull(await store.GetDeliveryAsync(accepted.Tenant, accepted.Id, default));
        Assert.NotNull(await store.GetDeliveryAsync(later.Tenant, later.Id, default));
    }

    [Fact]
    public async Task Commit_WriteFindsDiskFull_CompletesOnceThereIsRoom()
    {
        using var store = Journals.Open(_directory.Path, _time, _disk);
        await AcceptAsync(store);
        _disk.RefusesWrites = true;
        var pending = AcceptAsync(store);

        Assert.False(pending.IsCompleted);
        _disk.RefusesWrites = false;
        await pending.WaitAsync(TimeSpan.FromSeconds(30));
        await AcceptAsync(store).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Commit_FlushFails_IsFinalAndKeepsWhatWasAcknowledged()
    {
        StoredDelivery kept;
        using (var store = Journals.Open(_directory.Path, _time, _disk))
        {
            kept = await AcceptAsync(store);
            _disk.FailsFlush = true;
            var first = await Assert.ThrowsAsync<JournalException>(() => AcceptAsync(store));
            _disk.FailsFlush = false;
            var second = await Assert.ThrowsAsync<JournalException>(() => AcceptAsync(store));

            Assert.Equal((JournalProblem.Faulted, JournalProblem.Faulted), (first.Problem, second.Problem));
        }

        using var reopened = Journals.Open(_directory.Path, _time);
        Assert.NotNull(await reopened.GetDeliveryAsync(kept.Tenant, kept.Id, default));
    }

    [Fact]
    public async Task Commit_LargerThanASegment_SaysWhatToDo()
    {
        using var store = Journals.Open(_directory.Path, _time, _disk);
        var delivery = Some.StoredDelivery() with { Payload = new byte[80 * 1024] };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => store.CommitAsync([Some.Accept(delivery)], default).AsTask());

        Assert.Contains("SegmentSize", refused.Message, StringComparison.Ordinal);
        await AcceptAsync(store);
    }

    private static async Task<StoredDelivery> AcceptAsync(JournalStore store)
    {
        var delivery = Some.StoredDelivery() with { Payload = new byte[500] };
        await store.CommitAsync([Some.Accept(Some.StoredMessage() with { Id = delivery.MessageId, Tenant = delivery.Tenant }, delivery)], default);
        return delivery;
    }

    private static async Task<(StoredDelivery Accepted, JournalException Failure)> FillAsync(JournalStore store)
    {
        var accepted = await AcceptAsync(store);
        try
        {
            for (var i = 0; i < 1_000; i++)
            {
                accepted = await AcceptAsync(store);
            }
        }
        catch (JournalException failure)
        {
            return (accepted, failure);
        }

        throw new InvalidOperationException("The store took in more than its segment holds.");
    }
}
