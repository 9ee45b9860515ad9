using System.Text;
using Messaging.Testing;
using Messaging.TestServers;

namespace Messaging.Channels.Email;

public sealed class PickupTransportTests : IDisposable
{
    private readonly TestFolder _folder = new("pickup");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SendAsync_Mail_IsAFileWithItsEnvelope()
    {
        var message = Mails.Known() with { Bcc = [Mails.To("bcc@example.com")] };

        var result = await SendAsync(message);

        Assert.True(result.IsAccepted);
        Assert.Equal(2, result.Recipients.Count);
        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal("20260105T100000.000Z-0197c3a0000070008000000000000001.eml", Path.GetFileName(file));
        Assert.Equal(
            "X-Sender: salon@example.com\r\nX-Receiver: anna@example.com\r\nX-Receiver: bcc@example.com\r\n" + await Mails.TextAsync(message),
            await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task SendAsync_AnotherAttempt_WritesTheSameFile()
    {
        var message = Some.Message();

        await SendAsync(message);
        await SendAsync(message with { Attempt = 2 });
        await SendAsync(message with { DeliveryId = Some.DeliveryId() });

        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public async Task SendAsync_LaterMessages_SortBehindEarlierOnes()
    {
        var message = Some.Message();
        for (var i = 0; i < 20; i++)
        {
            await SendAsync(message with { DeliveryId = new DeliveryId(Guid.NewGuid()), AcceptedAt = message.AcceptedAt.AddHours(i), Subject = $"number {i:00}" });
        }

        var subjects = Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).Select(file => File.ReadLines(file).Single(line => line.StartsWith("Subject", StringComparison.Ordinal)));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"Subject: number {i:00}"), subjects);
    }

    [Fact]
    public async Task SendAsync_ContentThatFails_LeavesNothing()
    {
        var attachment = new TestAttachment(_ => throw new IOException("The file of anna@example.com is gone.")) { FileName = "a", ContentType = "text/plain" };

        var result = await SendAsync(Some.Message() with { Attachments = [attachment] });

        var failure = Assert.Single(result.Recipients).Failure!;
        Assert.Equal(MailFailureKind.Content, failure.Kind);
        Assert.DoesNotContain("anna", failure.Why, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task SendAsync_DirectoryThatCannotBe_IsNotSent()
    {
        var result = await SendAsync(Some.Message(), _folder.Write("file", "in the way"));

        Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Connect), (result.Recipients[0].Status, result.Recipients[0].Failure!.Kind));
    }

    [Fact]
    public async Task SendAsync_CancelledWhileWriting_ThrowsAndLeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var attachment = new TestAttachment(_ =>
        {
            cancellation.Cancel();
            return new PatternStream(100_000);
        })
        { FileName = "a", ContentType = "text/plain" };
        await using var transport = new PickupTransport(_folder.Path);
        var content = Mails.Content(Some.Message() with { Attachments = [attachment] });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(MailEnvelopes.Of(content.Draft), content, cancellation.Token).AsTask());

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task SendAsync_ContentOfAnother_IsNamedByTheEnvelope()
    {
        await using var transport = new PickupTransport(_folder.Path);
        var envelope = new MailEnvelope { From = "", Recipients = [new("a@example.com")], EnvelopeId = "id-1" };

        await transport.SendAsync(envelope, new FixedContent("hello\r\n"), default);
        await transport.SendAsync(envelope with { EnvelopeId = "../../evil" }, new FixedContent("hello\r\n"), default);

        Assert.Equal("X-Sender: <>\r\nX-Receiver: a@example.com\r\nhello\r\n", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "id-1.eml")));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    private async Task<MailResult> SendAsync(OutboundMessage message, string? directory = null)
    {
        await using var transport = new PickupTransport(directory ?? _folder.Path);
        var content = Mails.Content(message);
        return await transport.SendAsync(MailEnvelopes.Of(content.Draft), content, default);
    }

    private sealed class FixedContent(string text) : IMailContent
    {
        public long? EstimatedSize => text.Length;

        public bool RequiresSmtpUtf8 => false;

        public async ValueTask WriteAsync(MailTransferEncoding encoding, System.IO.Pipelines.PipeWriter output, CancellationToken cancellationToken) =>
            await output.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);
    }
}
