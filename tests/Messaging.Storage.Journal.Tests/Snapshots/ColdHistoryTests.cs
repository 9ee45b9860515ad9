using Messaging.Storage.Journal.Support;
using Messaging.Testing;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>Settled history stands in files: it is found, reported on, and its damage is told.</summary>
public sealed class ColdHistoryTests : IDisposable
{
    private const int Count = 300;

    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Query_SettledHistory_IsFoundByAllThatNamesIt()
    {
        await FillAsync();
        using var store = Open();
        foreach (var number in new[] { 0, 149, Count - 1 })
        {
            var by = new DeliveryQuery { Tenant = TenantId.Default, Limit = 10 };

            Assert.Equal(DeliveryStatus.Sent, (await store.FindForReceiptAsync(null, "sms", $"p-{number}", default))!.State.Status);
            var found = Assert.Single((await store.QueryAsync(by with { Reference = $"r-{number}" }, default)).Items);
            Assert.Equal(found.Id, Assert.Single((await store.QueryAsync(by with { Address = AddressOf(number) }, default)).Items).Id);
            Assert.Equal(found.Id, Assert.Single((await store.QueryAsync(by with { MessageId = found.MessageId }, default)).Items).Id);
            Assert.Equal(3, (await store.GetTimelineAsync(TenantId.Default, found.Id, default)).Count);
        }
    }

    [Fact]
    public async Task Query_PageByPage_ListsAllOnceAndNewestFirst()
    {
        await FillAsync();
        using var store = Open();
        var (listed, query) = (new List<string?>(), new DeliveryQuery { Tenant = TenantId.Default, Limit = 70 });
        do
        {
            var page = await store.QueryAsync(query, default);
            listed.AddRange(page.Items.Select(item => item.Reference));
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        Assert.Equal(Enumerable.Range(0, Count).Reverse().Select(number => $"r-{number}"), listed);
    }

    [Fact]
    public async Task Commit_ReportLongAfterItWasSettled_IsApplied()
    {
        await FillAsync();
        DeliveryId id;
        using (var store = Open())
        {
            id = (await store.FindForReceiptAsync(null, "sms", "p-7", default))!.Delivery.Id;
            var report = new StoredEvent
            {
                Key = "report", Tenant = TenantId.Default, DeliveryId = id, Account = "sms", Type = MessageEventType.Delivered, OccurredAt = _time.Now, ReceivedAt = _time.Now,
            };
            await CommitAsync(store, new Change { Events = [report] });
            Assert.Equal(ChangeStatus.Duplicate, Assert.Single(await store.CommitAsync([new Change { Events = [report] }], default)).Status);
        }

        using var reopened = Open();
        Assert.Equal(DeliveryStatus.Delivered, (await reopened.GetDeliveryAsync(TenantId.Default, id, default))!.State.Status);
    }

    [Fact]
    public async Task Commit_MuchHistory_LeavesNoneOfItInMemory()
    {
        using var store = Open();
        await FillAsync(store);
        await store.GetDeliveryAsync(TenantId.Default, new DeliveryId(Guid.NewGuid()), default);

        Assert.InRange(store.BytesInMemory, 0, 200 * 1024);
        Assert.InRange(new FileInfo(PathOf("deliveries.dat")).Length, Count * 168, Count * 168 * 2);
    }

    [Theory]
    [InlineData("deliveries.dat")]
    [InlineData("messages.dat")]
    public async Task Read_PageDamaged_RefusesByNameAndTakesInNothingMore(string file)
    {
        using var store = Open();
        await FillAsync(store);
        var id = (await store.FindForReceiptAsync(null, "sms", "p-7", default))!.Delivery.Id;
        await store.GetDeliveryAsync(TenantId.Default, new DeliveryId(Guid.NewGuid()), default);
        await DamageAsync(file);

        var damage = await Assert.ThrowsAsync<JournalException>(async () => await store.GetDeliveryAsync(TenantId.Default, id, default));

        Assert.Equal(JournalProblem.Corrupt, damage.Problem);
        Assert.Contains(file, damage.Message, StringComparison.Ordinal);
        Assert.Contains("backup", damage.Message, StringComparison.Ordinal);
        damage = await Assert.ThrowsAsync<JournalException>(async () => await store.CommitAsync([Some.Accept()], default));
        Assert.Equal(JournalProblem.Corrupt, damage.Problem);
    }

    [Theory]
    [InlineData("bodies-000000001.dat")]
    [InlineData("records-000000001.dat")]
    public async Task Read_RecordDamaged_RefusesByName(string file)
    {
        using var store = Open();
        await FillAsync(store);
        var id = (await store.FindForReceiptAsync(null, "sms", "p-7", default))!.Delivery.Id;
        await DamageAsync(file);

        var damage = await Assert.ThrowsAsync<JournalException>(async () => await store.GetDeliveryAsync(TenantId.Default, id, default));

        Assert.Equal(JournalProblem.Corrupt, damage.Problem);
        Assert.Contains(file, damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deliveries.dat")]
    [InlineData("bodies-000000001.dat")]
    public async Task Open_FileMissing_RefusesByName(string file)
    {
        await FillAsync();
        File.Delete(PathOf(file));

        var damage = Assert.Throws<JournalException>(() => Open());

        Assert.Equal(JournalProblem.Corrupt, damage.Problem);
        Assert.Contains(file, damage.Message, StringComparison.Ordinal);
    }

    private static Address AddressOf(int number) => new("sms", $"+4850010{number:D4}");

    private static async Task CommitAsync(JournalStore store, Change change) =>
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await store.CommitAsync([change], default)).Status);

    private async Task FillAsync()
    {
        using var store = Open();
        await FillAsync(store);
        await store.CompactAsync();
    }

    private async Task FillAsync(JournalStore store)
    {
        for (var number = 0; number < Count; number++)
        {
            var message = Some.StoredMessage() with { Tenant = TenantId.Default, Reference = $"r-{number}" };
            var delivery = Some.StoredDelivery(message) with { Reference = $"r-{number}", Address = AddressOf(number), Payload = new byte[200] };
            await CommitAsync(store, Some.Accept(message, delivery));
            var work = Assert.Single(await store.ClaimAsync(new ClaimRequest { Max = 9, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default));
            await CommitAsync(store, new Change { Settles = [SettlementOf(work, number)] });
        }
    }

    private Settlement SettlementOf(LeasedWork work, int number) => new()
    {
        Lease = work.Lease, Next = WorkState.Done, Proves = MessageEventType.Sent, At = _time.Now, ProviderId = $"p-{number}",
        Attempt = new AttemptOutcome("sms", _time.Now, TimeSpan.FromMilliseconds(5), MessageEventType.Sent) { ProviderCode = "250" },
    };

    /// <summary>Changes a bit of every 64th byte, so that no record is left whole.</summary>
    private async Task DamageAsync(string file)
    {
        await using var stream = new FileStream(PathOf(file), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        for (var place = 40; place < bytes.Length; place += 64)
        {
            bytes[place] ^= 8;
        }

        stream.Position = 0;
        await stream.WriteAsync(bytes);
    }

    private string PathOf(string name) => Path.Combine(_directory.Path, name);

    private JournalStore Open() => Journals.Open(
        _directory.Path, _time, configure: o => (o.SegmentSize, o.BodiesInMemory, o.RecordsInMemory) = (256 * 1024, 0, 0));
}
