using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

/// <summary>Servers that do not play by the rules: never a hang, never an exception, never endless memory.</summary>
public sealed class SmtpHostileTests
{
    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("2200 hi\r\n")]
    [InlineData("22\r\n")]
    [InlineData("\r\n")]
    [InlineData("\0\0\0\0\r\n")]
    [InlineData("999 hi\r\n")]
    [InlineData("120 hi\r\n")]
    [InlineData("220-hi\r\n250 there\r\n")]
    [InlineData("2\u0662\u0660 hi\r\n")]
    public async Task SendAsync_GreetingIsGarbage_IsAProtocolFailure(string greeting)
    {
        await using var server = new ScriptedServer(async client =>
        {
            await client.SendAsync(greeting);
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailRecipientStatus.NotSent, result.Status);
        Assert.Equal(MailFailureKind.Protocol, result.Failure!.Kind);
        Assert.Equal(MailDisposition.NotSent, result.Verdict.Disposition);
    }

    [Fact]
    public async Task SendAsync_LineWithoutEnd_GivesUpWithBoundedMemory()
    {
        await using var server = new ScriptedServer(async client =>
        {
            while (true)
            {
                await client.SendAsync(new string('2', 4096));
            }
        });
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Protocol, result.Failure!.Kind);
        Assert.Contains("longer than", result.Failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ReplyWithoutEnd_GivesUp()
    {
        await using var server = new ScriptedServer(async client =>
        {
            while (true)
            {
                await client.SendAsync("220-and another thing\r\n");
            }
        });
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Protocol, result.Failure!.Kind);
        Assert.Contains("lines", result.Failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_OneOctetAtATime_IsUnderstood()
    {
        await using var server = new ScriptedServer(async client =>
        {
            await SlowlyAsync(client, "220 hi\r\n");
            await client.ReadLineAsync();
            await SlowlyAsync(client, "250-hi\r\n250-PIPELINING\r\n250 \r\n");
            for (var i = 0; i < 3; i++)
            {
                await client.ReadLineAsync();
            }

            await SlowlyAsync(client, "250\r\n250 Ok\n354 Go\r\n");
            await client.ReadContentAsync();
            await SlowlyAsync(client, "250-a\r\n250 b\r\n");
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.Equal("a b", result.Reply!.Text);
    }

    [Theory]
    [InlineData("250 Ok\r\n250 Ok\r\n250 Ok\r\n", MailRecipientStatus.NotSent)] // DATA answered like a mail
    [InlineData("250 Ok\r\n354 Go\r\n250 Ok\r\n", MailRecipientStatus.NotSent)] // out of order
    [InlineData("354 Go\r\n", MailRecipientStatus.NotSent)]
    [InlineData("250 Ok\r\n250 Ok\r\n250 Ok\r\n354 Go\r\n", MailRecipientStatus.NotSent)] // one too many
    [InlineData("250 Ok\r\n250 Ok\r\n354 Go\r\n250 early\r\n", MailRecipientStatus.NotSent)] // content answered before it was sent
    [InlineData("250 Ok\r\n250 Ok\r\n354 Go\r\ngarbage\r\n", MailRecipientStatus.NotSent)]
    public async Task SendAsync_WrongNumberOfReplies_NeverCountsAsAccepted(string replies, MailRecipientStatus expected)
    {
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING");
            await client.ReadLineAsync();
            await client.SendAsync(replies);
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(expected, result.Status);
        Assert.Equal(MailFailureKind.Protocol, result.Failure!.Kind);
    }

    [Theory]
    [InlineData("250 a\r\n250 b\r\n")]
    [InlineData("354 what\r\n")]
    [InlineData("what\r\n")]
    public async Task SendAsync_NonsenseAfterTheContent_IsUnconfirmed(string reply)
    {
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING");
            await client.ReadLineAsync();
            await client.ReadLineAsync();
            await client.ReadLineAsync();
            await client.SendAsync("250 Ok\r\n250 Ok\r\n354 Go\r\n");
            await client.ReadContentAsync();
            await client.SendAsync(reply);
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailRecipientStatus.Unconfirmed, result.Status);
        Assert.Equal(MailFailureKind.Protocol, result.Failure!.Kind);
    }

    [Fact]
    public async Task SendAsync_RandomOctets_NeverThrowOrHang()
    {
        var seed = 20260105;
        await using var server = new ScriptedServer(async client =>
        {
            var random = new Random(seed + client.Number);
            var alphabet = "0123456789- \r\n\0\u00ffABC.=<>@";
            if (client.Number % 2 == 0)
            {
                await GreetAsync(client, "PIPELINING\r\n250-CHUNKING\r\n250-ENHANCEDSTATUSCODES");
            }

            for (var i = 0; i < 20; i++)
            {
                await client.SendAsync(string.Concat(random.GetItems<char>(alphabet, random.Next(1, 40))));
            }
        });
        for (var i = 0; i < 200; i++)
        {
            await using var transport = Mail.Transport(server.Port, options => options.DrainTimeout = TimeSpan.Zero);

            var result = await transport.SendOneAsync();

            Assert.NotEqual(MailRecipientStatus.Accepted, result.Status);
        }
    }

    [Theory]
    [InlineData("CONNECT", 11)]
    [InlineData("EHLO", 12)]
    [InlineData("MAIL", 12)]
    [InlineData("RCPT", 12)]
    [InlineData("DATA", 13)]
    [InlineData(".", 15)]
    public async Task SendAsync_SilenceAtAnyPoint_EndsAtItsTimeout(string at, int seconds)
    {
        var clock = new WatchedClock();
        var silent = new TaskCompletionSource();
        var forever = new TaskCompletionSource();
        Task? timerSet = null;
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port, UnlikeTimeouts, clock);
        server.BeforeReply = async (_, command) =>
        {
            if (command.StartsWith(at, StringComparison.Ordinal))
            {
                silent.TrySetResult();
                await forever.Task;
            }
            else
            {
                timerSet = clock.WhenSetAsync(TimeSpan.FromSeconds(seconds));
            }
        };

        timerSet = clock.WhenSetAsync(TimeSpan.FromSeconds(seconds));
        var sending = transport.SendAsync(Mail.To("anna@example.test"));
        await silent.Task.WaitAsync(Mail.Limit);
        await timerSet;
        clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.False(sending.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var result = Assert.Single((await sending).Recipients);
        forever.SetResult();

        Assert.Equal(MailFailureKind.Timeout, result.Failure!.Kind);
        Assert.Contains($"{seconds} s", result.Failure.Why, StringComparison.Ordinal);
        Assert.Equal(at == "." ? MailRecipientStatus.Unconfirmed : MailRecipientStatus.NotSent, result.Status);
        Assert.Equal(MailReason.Timeout, result.Verdict.Reason);
    }

    [Fact]
    public void SmtpOptions_Timeouts_AreThoseOfRfc5321()
    {
        var options = new SmtpOptions();

        Assert.Equal(TimeSpan.FromMinutes(5), options.GreetingTimeout);
        Assert.Equal(TimeSpan.FromMinutes(5), options.CommandTimeout);
        Assert.Equal(TimeSpan.FromMinutes(2), options.DataTimeout);
        Assert.Equal(TimeSpan.FromMinutes(3), options.BlockTimeout);
        Assert.Equal(TimeSpan.FromMinutes(10), options.CompletionTimeout);
    }

    [Fact]
    public async Task SendAsync_ServerStopsReadingLargeContent_EndsAtTheBlockTimeout()
    {
        var clock = new WatchedClock();
        var streaming = new TaskCompletionSource();
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING");
            await client.ReadLineAsync();
            await client.ReadLineAsync();
            await client.SendAsync("250 Ok\r\n250 Ok\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("354 Go\r\n");
            await streaming.Task; // and reads no more
        });
        await using var transport = Mail.Transport(server.Port, UnlikeTimeouts, clock);
        var content = new BlockContent(100_000, new byte[64 * 1024])
        {
            Before = block =>
            {
                if (block == 5)
                {
                    streaming.TrySetResult();
                }

                return Task.CompletedTask;
            },
        };

        var sending = transport.SendAsync(Mail.To("anna@example.test"), content);
        await streaming.Task.WaitAsync(Mail.Limit);
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var result = Assert.Single((await sending).Recipients);
        Assert.Equal(MailRecipientStatus.NotSent, result.Status);
        Assert.InRange(content.Written, 1, 99_999);
    }

    // Each one different, so that a test sees which one ran out.
    private static void UnlikeTimeouts(SmtpOptions options)
    {
        options.ConnectTimeout = TimeSpan.FromSeconds(10);
        options.GreetingTimeout = TimeSpan.FromSeconds(11);
        options.CommandTimeout = TimeSpan.FromSeconds(12);
        options.DataTimeout = TimeSpan.FromSeconds(13);
        options.BlockTimeout = TimeSpan.FromSeconds(14);
        options.CompletionTimeout = TimeSpan.FromSeconds(15);
        options.DrainTimeout = TimeSpan.Zero;
    }

    private static async Task SlowlyAsync(ScriptedConnection client, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            await client.SendAsync(rune.ToString());
        }
    }

    private static async Task GreetAsync(ScriptedConnection client, string extensions)
    {
        await client.SendAsync("220 scripted.test ESMTP\r\n");
        await client.ReadLineAsync();
        await client.SendAsync($"250-scripted.test\r\n250-{extensions}\r\n250 8BITMIME\r\n");
    }
}
