using System.Globalization;
using Messaging.Storage.Journal.Support;
using Messaging.Testing;

namespace Messaging.Storage.Journal.Snapshots;

/// <summary>What is kept goes by its class and age, and stays gone after a restart.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Sweep_ContentsOlderThanTheirClass_GoWhileHistoryStays()
    {
        StoredDelivery delivery;
        using (var store = Open())
        {
            delivery = await SettleAsync(store, "booking", content: "Hello Anna");
            _time.Advance(TimeSpan.FromHours(1));
            await ChurnAsync(store);
            await AssertFadedAsync(store, delivery);
        }

        using var reopened = Open();
        await AssertFadedAsync(reopened, delivery);
        await reopened.CompactAsync();
        Assert.DoesNotContain(Directory.GetFiles(_directory.Path), path => Holds(path, "Hello Anna"));
    }

    [Fact]
    public async Task Sweep_ContentsYoungerThanTheirClass_Stay()
    {
        using var store = Open();
        var delivery = await SettleAsync(store, "booking", content: "Hello Anna");
        _time.Advance(TimeSpan.FromMinutes(59));
        await ChurnAsync(store);

        Assert.Equal(10, (await store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default))!.Delivery.Payload.Length);
    }

    [Theory]
    [InlineData("promotion", false, 2)]
    [InlineData("booking", false, 24)]
    [InlineData("invoice", false, 48)]
    [InlineData("promotion", true, 72)]
    public async Task Sweep_Class_IsKeptAsLongAsItsOptionSays(string category, bool deadLetter, int hours)
    {
        using var store = Open();
        var delivery = await SettleAsync(store, category, deadLetter: deadLetter);
        _time.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromSeconds(1));
        await ChurnAsync(store);
        Assert.NotNull(await store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default));

        _time.Advance(TimeSpan.FromSeconds(1));
        await ChurnAsync(store);
        Assert.Null(await store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default));
        Assert.Null(await store.GetMessageAsync(delivery.Tenant, delivery.MessageId, default));
    }

    [Fact]
    public async Task Redrive_ContentsAreGone_IsRefused()
    {
        using var store = Open();
        var delivery = await SettleAsync(store, "booking", deadLetter: true, content: "Hello Anna");
        _time.Advance(TimeSpan.FromHours(1));
        await ChurnAsync(store);

        var redrive = new DeliveryCommand(DeliveryCommandType.Redrive, delivery.Tenant, delivery.Id, _time.Now);

        Assert.Equal(ChangeStatus.Stale, Assert.Single(await store.CommitAsync([new Change { Commands = [redrive] }], default)).Status);
    }

    private static async Task AssertFadedAsync(JournalStore store, StoredDelivery delivery)
    {
        var found = (await store.GetDeliveryAsync(delivery.Tenant, delivery.Id, default))!;
        Assert.Equal((0, 0), (found.Delivery.Payload.Length, found.Message.Payload.Length));
        Assert.Equal(delivery.Address, found.Delivery.Address);
        Assert.NotEmpty(await store.GetTimelineAsync(delivery.Tenant, delivery.Id, default));
    }

    private static bool Holds(string path, string text) =>
        Path.GetFileName(path) != "LOCK" && File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;

    /// <summary>The store sweeps as it takes in more.</summary>
    private static async Task ChurnAsync(JournalStore store)
    {
        for (var i = 0; i < 300; i++)
        {
            var key = i.ToString(CultureInfo.InvariantCulture);
            await store.CommitAsync([new Change { Entities = [EntityChange.Put(Testing.Contracts.Storage.SampleEntity.Some(key))] }], default);
        }
    }

    private async Task<StoredDelivery> SettleAsync(JournalStore store, string category, bool deadLetter = false, string content = "content")
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(content);
        var message = Some.StoredMessage() with { Category = category, AcceptedAt = _time.Now, Payload = payload };
        var delivery = Some.StoredDelivery(message) with { Payload = payload };
        await store.CommitAsync([Some.Accept(message, delivery)], default);
        var work = Assert.Single(await store.ClaimAsync(new ClaimRequest { Max = 9, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default));
        var settle = new Settlement
        {
            Lease = work.Lease, Next = WorkState.Done, Proves = deadLetter ? MessageEventType.Rejected : MessageEventType.Sent, At = _time.Now, DeadLetter = deadLetter,
        };
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await store.CommitAsync([new Change { Settles = [settle] }], default)).Status);
        return delivery;
    }

    private JournalStore Open() => Journals.Open(_directory.Path, _time, configure: options =>
    {
        (options.KeepHistoryFor, options.KeepContentsFor, options.KeepDeadLettersFor) = (TimeSpan.FromHours(24), TimeSpan.FromHours(1), TimeSpan.FromHours(72));
        options.KeepCategoriesFor["promotion"] = TimeSpan.FromHours(2);
        options.KeepCategoriesFor["invoice"] = TimeSpan.FromHours(48);
    });
}
