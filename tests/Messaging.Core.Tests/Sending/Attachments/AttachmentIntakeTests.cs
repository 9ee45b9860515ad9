using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class AttachmentIntakeTests
{
    private static readonly byte[] Small = [.. Enumerable.Range(0, 1_000).Select(i => (byte)i)];
    private static readonly byte[] Large = [.. Enumerable.Range(0, 600_000).Select(i => (byte)i)];

    [Fact]
    public async Task SendAsync_SmallAttachment_TravelsWithTheMessage()
    {
        await using var harness = Harness(out var store);

        var record = await harness.AcceptAsync(With(Attachment.FromBytes("a.bin", "application/octet-stream", Small) with { ContentId = "logo" }));
        var attachment = Assert.Single((await harness.BuildAsync(record)).Attachments);

        Assert.Equal(("a.bin", "application/octet-stream", "logo", (long?)1_000), (attachment.FileName, attachment.ContentType, attachment.ContentId, attachment.Size));
        Assert.Equal(Small, await ReadAsync(attachment));
        Assert.Equal(Small, await ReadAsync(attachment));
        Assert.Empty(store.Contents);
    }

    [Fact]
    public async Task SendAsync_LargeAttachment_GoesToTheStore()
    {
        await using var harness = Harness(out var store);

        var record = await harness.AcceptAsync(With(Attachment.FromBytes("a.bin", "application/octet-stream", Large)));
        var attachment = Assert.Single((await harness.BuildAsync(record)).Attachments);

        Assert.InRange(record.Message.Payload.Length, 0, 1_000);
        Assert.Equal(Large, Assert.Single(store.Contents).Value);
        Assert.Equal((Large.Length, Large.LongLength), (await ReadAsync(attachment) is { } bytes ? bytes.Length : 0, attachment.Size));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1_000, false)]
    [InlineData(256 * 1024, false)]
    [InlineData((256 * 1024) + 1, true)]
    [InlineData(600_000, true)]
    public async Task SendAsync_Stream_IsReadOnceAndKeptWhereItFits(int size, bool stored)
    {
        await using var harness = Harness(out var store);
        var content = Large.AsMemory(0, size).ToArray();
        var stream = new TricklingStream(content);

        var record = await harness.AcceptAsync(With(Attachment.FromStream("a.bin", "application/octet-stream", _ => new(stream))));
        var attachment = Assert.Single((await harness.BuildAsync(record)).Attachments);

        Assert.Equal(content, await ReadAsync(attachment));
        Assert.Equal(size, attachment.Size);
        Assert.Equal(stored ? 1 : 0, store.Contents.Count);
        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public async Task SendAsync_StreamTooLarge_IsRefusedAndNothingStays()
    {
        await using var harness = Harness(out var store, m => m.Configure(o => o.Attachments.MaxBytes = 500_000));
        var good = Attachment.FromBytes("a.bin", "application/octet-stream", Large.AsMemory(0, 400_000));
        var endless = Attachment.FromStream("b.bin", "application/octet-stream", _ => new(new EndlessStream()));

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendAsync(With(good, endless)));

        Assert.Equal(("Attachments[1]", "too_large"), (Assert.Single(refusal.Problems).Field, refusal.Problems[0].Code));
        Assert.Empty(store.Contents);
        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task SendAsync_StreamsTooLargeTogether_AreRefused()
    {
        await using var harness = Harness(out var store, m => m.Configure(o => (o.Attachments.MaxBytes, o.Attachments.MaxTotalBytes) = (1_000_000, 1_000_000)));
        var attachment = Attachment.FromStream("b.bin", "application/octet-stream", _ => new(new MemoryStream(Large)));

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendAsync(With(attachment, attachment)));

        Assert.Equal("Attachments", Assert.Single(refusal.Problems).Field);
        Assert.Empty(store.Contents);
    }

    [Fact]
    public async Task SendAsync_StreamBreaks_NothingStaysAndTheErrorIsTheStreams()
    {
        await using var harness = Harness(out var store);
        var large = Attachment.FromBytes("a.bin", "application/octet-stream", Large);
        var broken = Attachment.FromStream("b.bin", "application/octet-stream", _ => throw new IOException("gone"));

        await Assert.ThrowsAsync<IOException>(() => harness.Hub.SendAsync(With(large, broken)));

        Assert.Empty(store.Contents);
        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task SendAsync_Duplicate_LeavesNoSecondCopy()
    {
        await using var harness = Harness(out var store);
        var request = With(Attachment.FromBytes("a.bin", "application/octet-stream", Large)) with { IdempotencyKey = "k" };

        await harness.Hub.SendAsync(request);
        var second = await harness.Hub.SendAsync(request);

        Assert.Equal(SendStatus.Duplicate, second.Status);
        Assert.Single(store.Contents);
    }

    [Fact]
    public async Task SendAsync_OtherBytesUnderOneKey_IsAConflict()
    {
        await using var harness = Harness(out _);
        var request = With(Attachment.FromBytes("a.bin", "application/octet-stream", Small)) with { IdempotencyKey = "k" };

        await harness.Hub.SendAsync(request);
        var second = await harness.Hub.SendAsync(request with { Attachments = [Attachment.FromBytes("a.bin", "application/octet-stream", Large.AsMemory(0, 1_001))] });

        Assert.Equal(SendStatus.Conflict, second.Status);
    }

    [Fact]
    public async Task SendAsync_Deferred_IsMadeWhenItIsOpened()
    {
        await using var harness = Harness(out _, m => m.AddAttachmentSource<Invoices>());

        var record = await harness.AcceptAsync(With(Attachment.Deferred("i.pdf", "application/pdf", "invoices", "981")));
        var attachment = Assert.Single((await harness.BuildAsync(record)).Attachments);

        Assert.Null(attachment.Size);
        Assert.Equal("default/981"u8.ToArray(), await ReadAsync(attachment));
    }

    [Fact]
    public async Task FileStore_PutOpenDelete_RoundTripsAndHidesTenants()
    {
        var directory = Directory.CreateTempSubdirectory("messaging-attachments-");
        try
        {
            await using var harness = new SendingHarness(m => m.UseAttachmentStore(directory.FullName));
            var record = await harness.AcceptAsync(With(Attachment.FromBytes("a.bin", "application/octet-stream", Large)));
            var file = Assert.Single(directory.GetFiles("*", SearchOption.AllDirectories));
            var store = harness.Get<AttachmentStores>().Current!;

            Assert.Equal(Large, await ReadAsync((await harness.BuildAsync(record)).Attachments[0]));
            Assert.DoesNotContain("default", file.FullName, StringComparison.Ordinal);
            await Assert.ThrowsAsync<FileNotFoundException>(() => store.OpenAsync(new TenantId("other"), file.Name, CancellationToken.None).AsTask());
            await Assert.ThrowsAsync<FileNotFoundException>(() => store.OpenAsync(TenantId.Default, "../../etc/passwd", CancellationToken.None).AsTask());
            await store.DeleteAsync(TenantId.Default, file.Name, CancellationToken.None);
            await store.DeleteAsync(TenantId.Default, file.Name, CancellationToken.None);
            Assert.Empty(directory.GetFiles("*", SearchOption.AllDirectories));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task FileStore_PutBreaks_LeavesNoFile()
    {
        var directory = Directory.CreateTempSubdirectory("messaging-attachments-");
        try
        {
            var store = new FileAttachmentStore(directory.FullName);

            await Assert.ThrowsAsync<AttachmentTooLargeException>(
                () => store.PutAsync(TenantId.Default, new IntakeStream(default, new EndlessStream(), 100_000), CancellationToken.None).AsTask());

            Assert.Empty(directory.GetFiles("*", SearchOption.AllDirectories));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static SendingHarness Harness(out FakeAttachmentStore store, Action<MessagingBuilder>? configure = null)
    {
        var harness = new SendingHarness(m =>
        {
            m.UseAttachmentStore<FakeAttachmentStore>();
            configure?.Invoke(m);
        });
        store = Assert.IsType<FakeAttachmentStore>(harness.Get<AttachmentStores>().Current);
        return harness;
    }

    private static SendRequest With(params Attachment[] attachments) => Some.Request() with { Attachments = attachments };

    private static async Task<byte[]> ReadAsync(Messaging.Channels.OutboundAttachment attachment)
    {
        await using var stream = await attachment.OpenAsync(CancellationToken.None);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private sealed class Invoices : IAttachmentSource
    {
        public string Name => "invoices";

        public ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken) =>
            new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{tenant}/{key}")));
    }
}
