using System.IO.Compression;
using Messaging.Storage.Journal.Support;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>Journals that released versions wrote are read by this one.</summary>
public sealed class FormatTests : IDisposable
{
    private static readonly TenantId Tenant = new("salon");
    private static readonly MessageId Message = new(new Guid("0190a000-0000-7000-8000-000000000001"));
    private static readonly DeliveryId Settled = new(new Guid("0190a000-0000-7000-8000-000000000002"));
    private static readonly DeliveryId Waiting = new(new Guid("0190a000-0000-7000-8000-000000000003"));

    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> Fixtures => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "*.zip").Select(path => Path.GetFileName(path))];

    public void Dispose() => _directory.Dispose();

    /// <summary>Writes the fixture of a new format: <c>MESSAGING_JOURNAL_FIXTURE=path.zip dotnet test</c>.</summary>
    [Fact]
    public async Task Write_JournalOfThisVersion_IsReadBack()
    {
        await WriteAsync();
        if (Environment.GetEnvironmentVariable("MESSAGING_JOURNAL_FIXTURE") is { Length: > 0 } path)
        {
            File.Delete(Path.Combine(_directory.Path, "LOCK"));
            await ZipFile.CreateFromDirectoryAsync(_directory.Path, path);
        }

        await AssertReadAsync();
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task Open_JournalOfAReleasedVersion_FindsEverything(string fixture)
    {
        await ZipFile.ExtractToDirectoryAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", fixture), _directory.Path, overwriteFiles: true);

        await AssertReadAsync();
    }

    /// <summary>Writes something of everything: half of it into a snapshot, half behind that.</summary>
    private async Task WriteAsync()
    {
        using var store = Journals.Open(_directory.Path, _time, configure: o => (o.SegmentSize, o.BodiesInMemory, o.RecordsInMemory) = (16 * 1024, 0, 0));
        var message = new StoredMessage { Id = Message, Tenant = Tenant, AcceptedAt = _time.Now, Category = "booking", Reference = "b-1", Payload = new byte[] { 1, 2 } };
        await CommitAsync(store, Some.Accept(message, Delivery(Settled), Delivery(Waiting) with { Work = WorkState.Waiting, DueAt = _time.Now.AddDays(1) }));
        await CommitAsync(store, Keyed(_time.Now.AddYears(100)));
        await CommitAsync(store, new Change { Entities = [EntityChange.Put(SampleEntity.Some("one") with { Code = "c1", Title = "Anna" })] });
        await store.CompactAsync();
        await CommitAsync(store, new Change { Entities = [EntityChange.Put(SampleEntity.Some("two") with { Code = "c2" })] });
        var work = Assert.Single(await store.ClaimAsync(new ClaimRequest { Max = 9, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default));
        await CommitAsync(store, new Change
        {
            Settles =
            [
                new Settlement
                {
                    Lease = work.Lease, Next = WorkState.Done, Proves = MessageEventType.Sent, At = _time.Now, ProviderId = "p-1",
                    Attempt = new AttemptOutcome("sms", _time.Now, TimeSpan.FromMilliseconds(5), MessageEventType.Sent) { ProviderCode = "250" },
                },
            ],
        });
    }

    private async Task AssertReadAsync()
    {
        using var store = Journals.Open(_directory.Path, _time, configure: o => o.SegmentSize = 16 * 1024);
        var settled = (await store.GetDeliveryAsync(Tenant, Settled, default))!;
        var waiting = (await store.GetDeliveryAsync(Tenant, Waiting, default))!;

        Assert.Equal((DeliveryStatus.Sent, "p-1", 1), (settled.State.Status, settled.State.ProviderId, settled.State.Attempts));
        Assert.Equal((DeliveryStatus.Scheduled, "b-1"), (waiting.State.Status, waiting.Delivery.Reference));
        Assert.Equal([1, 2], waiting.Message.Payload.ToArray());
        Assert.Equal([3, 4, 5], settled.Delivery.Payload.ToArray());
        Assert.Equal(settled.Delivery.Id, (await store.FindForReceiptAsync(null, "sms", "p-1", default))!.Delivery.Id);
        Assert.Equal("Anna", (await store.GetAsync<SampleEntity>(TenantId.Default, "one", default))!.Value.Title);
        Assert.Equal("c2", (await store.GetAsync<SampleEntity>(TenantId.Default, "two", default))!.Value.Code);
        Assert.Equal(1, (await store.MeasureAsync(default)).Waiting);
        var keys = store.Memory.Image.Idempotency.All().ToList();
        Assert.All(keys, key => Assert.Equal(("salon", "key"), (key.Tenant, key.Key)));
    }

    private static Change Keyed(DateTimeOffset until)
    {
        var message = Some.StoredMessage() with { Tenant = Tenant };
        return new Change { Accept = new Acceptance { Message = message, Idempotency = new IdempotencyClaim("key", 7, until) } };
    }

    private static async Task CommitAsync(JournalStore store, Change change) =>
        Assert.Equal(ChangeStatus.Applied, Assert.Single(await store.CommitAsync([change], default)).Status);

    private StoredDelivery Delivery(DeliveryId id) => new()
    {
        Id = id, MessageId = Message, Tenant = Tenant, AcceptedAt = _time.Now, Address = new Address("sms", "+48500100200"), Channel = "sms",
        Priority = MessagePriority.Normal, Reference = "b-1", Payload = new byte[] { 3, 4, 5 },
    };
}
