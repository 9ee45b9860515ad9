using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpPipeliningTests
{
    [Fact]
    public async Task SendAsync_Pipelining_SendsTheEnvelopeBeforeAnyReply()
    {
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING");
            var group = await LinesAsync(client, 4);
            await client.SendAsync("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n250 2.1.5 Ok\r\n354 Go\r\n");
            await client.ReadContentAsync();
            Assert.Equal(["MAIL FROM:<sender@example.test>", "RCPT TO:<anna@example.test>", "RCPT TO:<bob@example.test>", "DATA"], group);
            await client.SendAsync("250 2.0.0 Ok\r\n");
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test")));
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task SendAsync_MailWaiting_ItsEnvelopeLeavesWithTheContentBefore()
    {
        var bothAreHere = new TaskCompletionSource();
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING");
            await LinesAsync(client, 3);
            await bothAreHere.Task;
            await client.SendAsync("250 Ok\r\n250 Ok\r\n354 Go\r\n");
            await client.ReadContentAsync();
            await LinesAsync(client, 3); // the next envelope is here although the content has no reply yet
            await client.SendAsync("250 first\r\n250 Ok\r\n250 Ok\r\n354 Go\r\n");
            await client.ReadContentAsync();
            await client.SendAsync("250 second\r\n");
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);

        var first = transport.SendAsync(Mail.To("anna@example.test"));
        var second = transport.SendAsync(Mail.To("bob@example.test"));
        bothAreHere.SetResult();

        Assert.Equal("first", (await first).Reply!.Text);
        Assert.Equal("second", (await second).Reply!.Text);
    }

    [Fact]
    public async Task SendAsync_Chunking_IsOneRoundTrip()
    {
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING\r\n250-CHUNKING");
            await LinesAsync(client, 2);
            Assert.Equal($"BDAT {Mail.Small.Length} LAST", await client.ReadLineAsync());
            await client.ReadAsync(Mail.Small.Length);
            await client.SendAsync("250 Ok\r\n250 Ok\r\n250 done\r\n");
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test"));

        Mail.AssertAccepted(result);
        Assert.Equal("done", result.Reply!.Text);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task SendAsync_ChunkingAfterPause_SendsContentOnlyWhenTheServerAnswered()
    {
        var clock = new Messaging.Testing.ManualTimeProvider();
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING\r\n250-CHUNKING");
            await LinesAsync(client, 3);
            await client.ReadAsync(Mail.Small.Length);
            await client.SendAsync("250 Ok\r\n250 Ok\r\n250 first\r\n");
            await LinesAsync(client, 2);
            var reads = client.Reads;
            await client.SendAsync("250 Ok\r\n250 Ok\r\n");
            await client.ReadLineAsync();
            Assert.NotEqual(reads, client.Reads);
            await client.ReadAsync(Mail.Small.Length);
            await client.SendAsync("250 second\r\n");
            await client.ReadLineAsync(); // QUIT
        });
        await using var transport = Mail.Transport(server.Port, null, clock);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        clock.Advance(TimeSpan.FromSeconds(20));
        var result = await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.Equal("second", result.Reply!.Text);
        Assert.Equal(1, server.Connections);
        Assert.Empty(server.Errors);
    }

    [Fact]
    public async Task SendAsync_DotsWithChunking_AreNotDoubled()
    {
        await using var server = new SimpleSmtpServer("PIPELINING", "CHUNKING");
        await using var transport = Mail.Transport(server.Port);

        await transport.SendOneAsync(Mail.Content(".a\r\n..b\nc"));

        Assert.Equal(".a\r\n..b\r\nc\r\n", Assert.Single(server.Mails).Text);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task SendAsync_SwitchedOff_IsNotUsed(bool pipelining, bool chunking)
    {
        await using var server = new SimpleSmtpServer("PIPELINING", "CHUNKING");
        await using var transport = Mail.Transport(server.Port, options => (options.Pipelining, options.Chunking) = (pipelining, chunking));

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(chunking, server.Commands.Any(command => command.StartsWith("BDAT", StringComparison.Ordinal)));
        Assert.Equal(!chunking, server.Commands.Contains("DATA"));
    }

    [Fact]
    public async Task SendAsync_NobodyAcceptedBut354_SendsOnlyADot()
    {
        await using var server = new ScriptedServer(async client =>
        {
            await GreetAsync(client, "PIPELINING");
            await LinesAsync(client, 3);
            await client.SendAsync("250 Ok\r\n550 5.1.1 No such user\r\n354 Go\r\n");
            Assert.Equal(".\r\n"u8.ToArray(), await client.ReadContentAsync());
            await client.SendAsync("554 No recipients\r\n");
            await LinesAsync(client, 3);
            await client.SendAsync("250 Ok\r\n250 Ok\r\n354 Go\r\n");
            await client.ReadContentAsync();
            await client.SendAsync("250 Ok\r\n");
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        var refused = await transport.SendOneAsync();
        var accepted = await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.Equal(MailRecipientStatus.Refused, refused.Status);
        Assert.Equal(550, refused.Reply!.Code);
        Assert.Equal(SmtpStage.Recipient, refused.Stage);
        Mail.AssertAccepted(accepted);
        Assert.Empty(server.Errors);
    }

    [Theory]
    [InlineData]
    [InlineData("PIPELINING")]
    [InlineData("PIPELINING", "CHUNKING")]
    public async Task SendAsync_TransactionLeftOpen_IsResetBeforeTheNext(params string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command.Contains("unknown", StringComparison.Ordinal) ? "550 5.1.1 No such user" : null;
        await using var transport = Mail.Transport(server.Port);

        var refused = await transport.SendAsync(Mail.To("unknown@example.test"));
        var accepted = await transport.SendAsync(Mail.To("anna@example.test"));

        Assert.Equal(550, Assert.Single(refused.Recipients).Reply!.Code);
        Mail.AssertAccepted(accepted);
        Assert.Equal(1, server.Connections);
        Assert.Contains("RSET", server.Commands);
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_EachGetsItsOwnReply()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.Answer = (_, command) => command.Contains("bad", StringComparison.Ordinal) ? $"550 {command[9..14]}" : null;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 2);

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            transport.SendAsync(Mail.To(i % 3 == 0 ? $"bad{i:00}@example.test" : $"good{i:00}@example.test"), Mail.Content($"Number: {i}\r\n\r\n"))));

        for (var i = 0; i < results.Length; i++)
        {
            var result = Assert.Single(results[i].Recipients);
            Assert.Equal(i % 3 == 0 ? MailRecipientStatus.Refused : MailRecipientStatus.Accepted, result.Status);
            Assert.Equal(i % 3 == 0 ? $"bad{i:00}" : null, result.Reply!.IsPositive ? null : result.Reply.Text);
        }

        Assert.All(server.Mails, mail => Assert.Contains($"good{int.Parse(mail.Text.Split(' ')[1], null):00}@", mail.Recipients[0], StringComparison.Ordinal));
        Assert.Equal(66, server.Mails.Count);
        Assert.InRange(server.Connections, 1, 2);
    }

    private static async Task GreetAsync(ScriptedConnection client, string extensions)
    {
        await client.SendAsync("220 scripted.test ESMTP\r\n");
        await client.ReadLineAsync();
        await client.SendAsync($"250-scripted.test\r\n250-{extensions}\r\n250 8BITMIME\r\n");
    }

    private static async Task<string[]> LinesAsync(ScriptedConnection client, int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++)
        {
            lines[i] = await client.ReadLineAsync();
        }

        return lines;
    }
}
