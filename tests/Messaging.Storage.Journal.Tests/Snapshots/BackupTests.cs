using Messaging.Storage.Journal.Support;
using Messaging.Testing;

namespace Messaging.Storage.Journal.Snapshots;

public sealed class BackupTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly TestDirectory _copy = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose()
    {
        _directory.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task Backup_WhileOthersCommit_HoldsAllThatWasAcknowledgedBefore()
    {
        using var store = Journals.Open(_directory.Path, _time, configure: o => (o.SegmentSize, o.BodiesInMemory) = (32 * 1024, 0));
        var before = await AcceptAsync(store, 50);
        await store.CompactAsync();
        before.AddRange(await AcceptAsync(store, 30));

        var others = Task.Run(() => AcceptAsync(store, 100));
        await store.BackupAsync(_copy.Path);
        await others;

        using var opened = Journals.Open(_copy.Path, _time);
        foreach (var delivery in before)
        {
            Assert.Equal(delivery.Payload.ToArray(), (await opened.GetDeliveryAsync(delivery.Tenant, delivery.Id, default))!.Delivery.Payload.ToArray());
        }

        var after = Assert.Single(await AcceptAsync(opened, 1));
        Assert.NotNull(await opened.GetDeliveryAsync(after.Tenant, after.Id, default));
    }

    [Fact]
    public async Task Backup_DirectoryNotEmpty_Refuses()
    {
        using var store = Journals.Open(_directory.Path, _time);
        await File.WriteAllTextAsync(Path.Combine(_copy.Path, "x"), "");

        await Assert.ThrowsAsync<ArgumentException>(() => store.BackupAsync(_copy.Path));
    }

    private static async Task<List<StoredDelivery>> AcceptAsync(JournalStore store, int count)
    {
        var accepted = new List<StoredDelivery>();
        for (var i = 0; i < count; i++)
        {
            var message = Some.StoredMessage();
            accepted.Add(Some.StoredDelivery(message) with { Payload = new byte[] { (byte)i, 1, 2, 3 } });
            await store.CommitAsync([Some.Accept(message, accepted[^1])], default);
        }

        return accepted;
    }
}
