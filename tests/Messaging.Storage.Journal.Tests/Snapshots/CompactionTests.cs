using System.Globalization;
using Messaging.Storage.Journal.Support;
using Messaging.Testing;

namespace Messaging.Storage.Journal.Snapshots;

public class CompactionTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly FaultyDisk _disk;

    public CompactionTests() => _disk = new FaultyDisk(_directory.Path);

    /// <summary>Gets a value indicating whether memory holds no rows and records that are not being looked at.</summary>
    protected virtual bool IsCold => false;

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Compact_ManySegments_LeavesOneSnapshotAndTheLastSegment()
    {
        using var store = Open();
        var accepted = await AcceptAsync(store, 100);
        await store.CompactAsync();
        accepted.AddRange(await AcceptAsync(store, 100));
        await store.CompactAsync();

        Assert.Single(Files("snap-*"));
        Assert.InRange(Files("seg-*").Length, 1, 2);
        await AssertAllAsync(store, accepted);
    }

    [Fact]
    public async Task Open_BodiesThatMemoryHadNoRoomFor_AreReadFromFiles()
    {
        List<StoredDelivery> accepted;
        using (var store = Open())
        {
            accepted = await AcceptAsync(store, 200, bytes: 3_000);
            await AssertAllAsync(store, accepted);
            await store.CompactAsync();
            accepted.AddRange(await AcceptAsync(store, 200, bytes: 3_000));
        }

        Assert.NotEmpty(Files("bodies-*"));
        using var reopened = Open();
        await AssertAllAsync(reopened, accepted);
        Assert.Equal(400, (await ClaimAsync(reopened, 1_000)).Count);
    }

    [Fact]
    public async Task Compact_AllForgotten_GivesTheRoomBack()
    {
        using var store = Open(o => o.KeepHistoryFor = TimeSpan.FromHours(1));
        await AcceptAsync(store, 200, bytes: 3_000);
        await SettleAllAsync(store);
        _time.Advance(TimeSpan.FromHours(2));
        await AcceptAsync(store, 300, bytes: 10);
        await store.CompactAsync();

        Assert.InRange(Files("bodies-*").Length, 0, 1);
        Assert.InRange(Files("*").Sum(path => new FileInfo(path).Length), 0, 700_000);
    }

    [Fact]
    public async Task Compact_SensitiveAndSettled_NoFileHoldsTheContent()
    {
        var secret = "code-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        using (var store = Open(o => o.KeepHistoryFor = TimeSpan.FromHours(1)))
        {
            var message = Some.StoredMessage() with { Sensitive = true, Payload = System.Text.Encoding.UTF8.GetBytes(secret) };
            await store.CommitAsync([Some.Accept(message, Some.StoredDelivery(message) with { Payload = System.Text.Encoding.UTF8.GetBytes(secret) })], default);
            await AcceptAsync(store, 50, bytes: 3_000);
            await store.CompactAsync();
            Assert.Contains(Files("*"), path => Holds(path, secret));

            await SettleAllAsync(store);
            await AcceptAsync(store, 1);
            await store.CompactAsync();
        }

        Assert.DoesNotContain(Files("*"), path => Holds(path, secret));
    }

    [Fact]
    public async Task Compact_HistoryForgotten_NoFileHoldsTheAddress()
    {
        using var store = Open(o => o.KeepHistoryFor = TimeSpan.FromHours(1));
        var forgotten = Assert.Single(await AcceptAsync(store, 1, bytes: 500));
        await SettleAllAsync(store);
        _time.Advance(TimeSpan.FromHours(2));
        await AcceptAsync(store, 50);
        await store.CompactAsync();

        Assert.Null(await store.GetDeliveryAsync(forgotten.Tenant, forgotten.Id, default));
        Assert.DoesNotContain(Files("*"), path => Holds(path, forgotten.Address.Value));
    }

    [Fact]
    public async Task Compact_CrashAtAnyStep_LosesNothing()
    {
        using var store = Open();
        var accepted = await AcceptAsync(store, 60, bytes: 2_000);
        await store.CompactAsync();
        await SettleAllAsync(store);
        accepted.AddRange(await AcceptAsync(store, 60, bytes: 2_000));
        var copies = new List<TestDirectory>();
        var random = new Random(1);
        _disk.BeforeStep = () =>
        {
            copies.Add(new TestDirectory());
            _disk.CrashTo(copies[^1].Path, random);
        };
        await store.CompactAsync();
        _disk.BeforeStep = null;

        Assert.True(copies.Count > 8);
        foreach (var copy in copies)
        {
            using (var reopened = Journals.Open(copy.Path, _time, configure: Small))
            {
                await AssertAllAsync(reopened, accepted);
                Assert.Equal(60, (await reopened.MeasureAsync(default)).Ready);
                await reopened.CompactAsync();
            }

            copy.Dispose();
        }
    }

    [Fact]
    public async Task Compact_DiskFull_LeavesTheJournalAsItWas()
    {
        using var store = Open();
        var accepted = await AcceptAsync(store, 20);
        _disk.IsFull = true;
        await Assert.ThrowsAnyAsync<IOException>(() => store.CompactAsync());
        _disk.IsFull = false;

        accepted.AddRange(await AcceptAsync(store, 20));
        await store.CompactAsync();

        await AssertAllAsync(store, accepted);
    }

    [Fact]
    public async Task Commit_JournalHasGrown_CompactsByItself()
    {
        using var store = Open(o => o.CompactAfter = 128 * 1024);
        var accepted = await AcceptAsync(store, 400, bytes: 2_000);

        // The compaction runs beside the commits; asking for one waits for that.
        await store.CompactAsync();

        Assert.InRange(Files("seg-*").Length, 1, 3);
        await AssertAllAsync(store, accepted);
    }

    [Fact]
    public async Task Commit_LessThanTwiceTheSnapshotIsNew_DoesNotCompactYet()
    {
        using (var store = Open(o => o.CompactAfter = 128 * 1024))
        {
            await AcceptAsync(store, 1_500, bytes: 2_000);
            await store.CompactAsync();
        }

        // What was taken in is counted by the segments it filled; the size of a snapshot is known after a start, too.
        var reopened = Open(o => o.CompactAfter = 128 * 1024);
        var before = Assert.Single(Files("snap-*"));
        await AcceptAsync(reopened, 400, bytes: 2_000);

        reopened.Dispose();
        Assert.Equal(before, Assert.Single(Files("snap-*")));
    }

    [Fact]
    public async Task Commit_LessThanTwiceWhatASnapshotWouldTakeIsNew_DoesNotCompactYet()
    {
        // Nothing was written yet that a size could be read from, and all that came in would have to be written.
        var store = Open(o => (o.CompactAfter, o.BodiesInMemory) = (128 * 1024, 32 * 1024 * 1024));
        await AcceptAsync(store, 400, bytes: 2_000);

        store.Dispose();
        Assert.Empty(Files("snap-*"));
    }

    [Theory]
    [InlineData(JournalDurability.LosesLastInterval)]
    [InlineData(JournalDurability.LosesWhatIsNotWritten)]
    public async Task Compact_CommitsDoNotWaitForTheDisk_WaitsAllTheSame(JournalDurability durability)
    {
        List<StoredDelivery> accepted;
        using (var store = Open(o => (o.Durability, o.FlushInterval) = (durability, TimeSpan.FromMinutes(1))))
        {
            accepted = await AcceptAsync(store, 20);
            await store.CompactAsync().WaitAsync(TimeSpan.FromSeconds(60));
            accepted.AddRange(await AcceptAsync(store, 20));
        }

        using var reopened = Open();
        await AssertAllAsync(reopened, accepted);
    }

    [Fact]
    public async Task Open_SnapshotDamaged_Refuses()
    {
        using (var store = Open())
        {
            await AcceptAsync(store, 20);
            await store.CompactAsync();
        }

        var path = Assert.Single(Files("snap-*"));
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(path, bytes);

        Assert.Equal(JournalProblem.Corrupt, Assert.Throws<JournalException>(() => Open()).Problem);
    }

    private static bool Holds(string path, string text) => File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;

    private static async Task<IReadOnlyList<LeasedWork>> ClaimAsync(JournalStore store, int max) =>
        await store.ClaimAsync(new ClaimRequest { Max = max, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default);

    private static async Task<List<StoredDelivery>> AcceptAsync(JournalStore store, int count, int bytes = 100)
    {
        var accepted = new List<StoredDelivery>();
        for (var i = 0; i < count; i++)
        {
            var payload = new byte[bytes];
            Random.Shared.NextBytes(payload);
            var message = Some.StoredMessage();
            accepted.Add(Some.StoredDelivery(message) with { Payload = payload });
            await store.CommitAsync([Some.Accept(message, accepted[^1])], default);
        }

        return accepted;
    }

    private static async Task AssertAllAsync(JournalStore store, List<StoredDelivery> accepted)
    {
        foreach (var delivery in accepted)
        {
            var found = await store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default);
            Assert.Equal(delivery.Address, found!.Delivery.Address);
            Assert.True(delivery.Payload.Span.SequenceEqual(found.Delivery.Payload.Span));
        }
    }

    private void Small(JournalOptions options)
    {
        (options.SegmentSize, options.BodiesInMemory) = (32 * 1024, 32 * 1024);
        options.RecordsInMemory = IsCold ? 0 : options.RecordsInMemory;
    }

    private async Task SettleAllAsync(JournalStore store)
    {
        var settles = (await ClaimAsync(store, 1_000)).Select(
            work => new Settlement { Lease = work.Lease, Next = WorkState.Done, Proves = MessageEventType.Sent, At = _time.Now });
        await store.CommitAsync([.. settles.Select(settle => new Change { Settles = [settle] })], default);
    }

    private JournalStore Open(Action<JournalOptions>? configure = null) => Journals.Open(_directory.Path, _time, _disk, Small + configure);

    private string[] Files(string pattern) => [.. Directory.GetFiles(_directory.Path, pattern).Where(path => Path.GetFileName(path) != "LOCK")];
}
