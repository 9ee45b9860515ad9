using System.Text;
using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpStreamingTests
{
    private static readonly byte[] Block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789\r\n", 5000)));

    [Theory]
    [InlineData]
    [InlineData("PIPELINING")]
    [InlineData("PIPELINING", "CHUNKING")]
    public async Task SendAsync_LargeContent_ArrivesWhole(params string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        await using var transport = Mail.Transport(server.Port);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test"), new BlockContent(10, Block)));
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(Enumerable.Repeat(Block, 10).SelectMany(block => block), server.Mails.First().Content);
        Assert.Equal(Mail.Small, server.Mails.Last().Text);
    }

    [Theory]
    [InlineData("x\r", "\n.y\r\n")]
    [InlineData("x\r", ".y\r\n")]
    [InlineData("x\n", ".y\n")]
    [InlineData("x\r\n", ".\r\n")]
    [InlineData("x", "y")]
    [InlineData("\r", "\r")]
    public async Task SendAsync_BlocksSplitAtLineEnds_AreRepairedAsOne(string end, string begin)
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port);
        var large = Encoding.ASCII.GetString(Block) + Encoding.ASCII.GetString(Block) + Encoding.ASCII.GetString(Block);
        var parts = new PartsContent(large + end, begin + large + end, begin);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test"), parts));

        var expected = string.Concat(parts.Parts).ReplaceLineEndings("\n").Replace("\n", "\r\n", StringComparison.Ordinal);
        expected = expected.EndsWith("\r\n", StringComparison.Ordinal) ? expected : expected + "\r\n";
        Assert.Equal(expected, Assert.Single(server.Mails).Text);
    }

    [Fact]
    public async Task SendAsync_RecipientRefused_LargeContentStopsEarly()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.Answer = (_, command) => command.StartsWith("RCPT TO:<gone", StringComparison.Ordinal) ? "550 gone" : null;
        await using var transport = Mail.Transport(server.Port);
        var content = new BlockContent(100, Block);

        var result = await transport.SendAsync(Mail.To("gone@example.test"), content);

        Assert.Equal(550, result.Recipients[0].Reply!.Code);
        Assert.InRange(content.Written, 0, 5);
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task SendAsync_EstimateAboveTheLimit_IsRefusedBeforeTheContent()
    {
        await using var server = new SimpleSmtpServer("PIPELINING", "SIZE 200000");
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync(new BlockContent(100, Block) { EstimatedSize = 6_000_000 });

        Assert.Equal((MailRecipientStatus.Refused, MailFailureKind.TooLarge), (result.Status, result.Failure!.Kind));
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task SendAsync_TurnsOutTooLargeOnTheWay_IsTakenBack()
    {
        await using var server = new SimpleSmtpServer("PIPELINING", "SIZE 200000");
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync(new BlockContent(100, Block));

        Assert.Equal((MailRecipientStatus.Refused, MailFailureKind.TooLarge), (result.Status, result.Failure!.Kind));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task SendAsync_ContentFailsHalfway_IsTakenBackByClosing()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port);
        var content = new BlockContent(100, Block) { Before = block => block < 50 ? Task.CompletedTask : throw new IOException("disk") };

        var result = await transport.SendOneAsync(content);

        Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Content), (result.Status, result.Failure!.Kind));
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        Assert.Equal(2, server.Connections);
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task SendAsync_SlowContent_DoesNotHoldUpTheMailBefore()
    {
        var both = new TaskCompletionSource();
        var ready = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = (_, command) => command.StartsWith("MAIL", StringComparison.Ordinal) ? both.Task : Task.CompletedTask;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);

        var quick = transport.SendAsync(Mail.To("anna@example.test"));
        var slow = transport.SendAsync(Mail.To("bob@example.test"), new BlockContent(1, "S: 1\r\n\r\n"u8.ToArray()) { Before = _ => ready.Task });
        both.SetResult();

        Mail.AssertAccepted(await quick);
        Assert.False(slow.IsCompleted);
        ready.SetResult();
        Mail.AssertAccepted(await slow);
    }

    [Fact]
    public async Task SendAsync_ContentNeverContinues_EndsAtTheBlockTimeout()
    {
        var clock = new WatchedClock();
        var waiting = new TaskCompletionSource();
        var forever = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port, options => options.BlockTimeout = TimeSpan.FromSeconds(77), clock);
        Task? armed = null;
        var content = new BlockContent(100, Block)
        {
            Before = block =>
            {
                if (block < 20)
                {
                    armed = clock.WhenSetAsync(TimeSpan.FromSeconds(77));
                    return Task.CompletedTask;
                }

                waiting.SetResult();
                return forever.Task;
            },
        };

        var sending = transport.SendOneAsync(content);
        await waiting.Task.WaitAsync(Mail.Limit);
        await armed!;
        clock.Advance(TimeSpan.FromSeconds(77));
        var result = await sending;
        forever.SetResult();

        Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Content), (result.Status, result.Failure!.Kind));
        Assert.Contains("77 s", result.Failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ServerHangsUpDuringContent_IsNotSent()
    {
        await using var server = new SimpleSmtpServer("PIPELINING") { Connected = connection => connection.CloseAfterReceived = 300_000 };
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync(new BlockContent(1000, Block));

        Assert.Equal(MailRecipientStatus.NotSent, result.Status);
        Assert.Equal(MailFailureKind.ConnectionLost, result.Failure!.Kind);
    }
}
