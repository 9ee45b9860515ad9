using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpPoolTests
{
    [Fact]
    public async Task SendAsync_MoreMailsThanConnections_NeverExceedsTheLimitAndSendsAll()
    {
        await using var server = new SimpleSmtpServer();
        var open = 0;
        var most = 0;
        server.BeforeReply = async (_, command) =>
        {
            if (command.StartsWith("MAIL", StringComparison.Ordinal))
            {
                InterlockedMax(ref most, Interlocked.Increment(ref open));
                await Task.Yield();
                Interlocked.Decrement(ref open);
            }
        };
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 3);

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => transport.SendAsync(Mail.To("anna@example.test"))));

        Assert.All(results, Mail.AssertAccepted);
        Assert.InRange(server.Connections, 1, 3);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task SendAsync_OneAfterAnother_UsesOneConnection()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port);

        for (var i = 0; i < 200; i++)
        {
            Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task SendAsync_Waiting_IsFirstComeFirstServed()
    {
        var all = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = (_, command) => command == "CONNECT" ? all.Task : Task.CompletedTask;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);

        var sending = Enumerable.Range(0, 20).Select(i => transport.SendAsync(Mail.To("anna@example.test"), Mail.Content($"N: {i}\r\n\r\n"))).ToArray();
        all.SetResult();
        await Task.WhenAll(sending);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"N: {i}\r\n\r\n"), server.Mails.Select(mail => mail.Text));
    }

    [Fact]
    public async Task SendAsync_AfterTheLimitOfMails_ReplacesTheConnectionPolitely()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port, options => (options.MaxConnections, options.MaxMailsPerConnection) = (1, 3));

        for (var i = 0; i < 7; i++)
        {
            Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        }

        Assert.Equal(3, server.Connections);
        Assert.Equal([3, 3, 1], server.Mails.GroupBy(mail => mail.Connection).Select(group => group.Count()));
        Assert.Equal(2, server.Commands.Count(command => command == "QUIT"));
    }

    [Fact]
    public async Task SendAsync_ConnectionTooOld_IsReplaced()
    {
        var clock = new WatchedClock();
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port, options => (options.MaxConnectionAge, options.IdleTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)), clock);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        clock.Advance(TimeSpan.FromMinutes(2));
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task IdleConnection_AfterTheIdleTime_SaysGoodbye()
    {
        var clock = new WatchedClock();
        var quit = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer();
        server.Answer = (_, command) =>
        {
            if (command == "QUIT")
            {
                quit.SetResult();
            }

            return null;
        };
        await using var transport = Mail.Transport(server.Port, options => options.IdleTimeout = TimeSpan.FromSeconds(7), clock);
        var idle = clock.WhenSetAsync(TimeSpan.FromSeconds(7));

        await transport.SendAsync(Mail.To("anna@example.test"));
        await idle;
        clock.Advance(TimeSpan.FromSeconds(7));

        await quit.Task.WaitAsync(Mail.Limit);
    }

    [Fact]
    public async Task SendAsync_ServerIsNotThere_FailsEveryWaitingMailAndTheNextTriesAgain()
    {
        var port = FreePort.Next();
        await using var transport = Mail.Transport(port, options => options.MaxConnections = 2);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => transport.SendOneAsync()));

        Assert.All(results, result =>
        {
            Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Connect), (result.Status, result.Failure!.Kind));
            Assert.Equal(new MailVerdict(MailDisposition.NotSent, MailReason.ConnectionFailed, MailScope.Account), result.Verdict);
        });
        Assert.Equal(MailFailureKind.Connect, (await transport.SendOneAsync()).Failure!.Kind);
    }

    [Fact]
    public async Task SendAsync_NameDoesNotExist_SaysSo()
    {
        await using var transport = Mail.Transport(25, options => options.Host = "no-such-host.invalid");

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.NameResolution, result.Failure!.Kind);
        Assert.Equal(MailRecipientStatus.NotSent, result.Status);
    }

    [Fact]
    public async Task SendAsync_OneAddressOfTheNameAnswers_UsesIt()
    {
        await using var server = new SimpleSmtpServer(); // on 127.0.0.1 only, while localhost is ::1 as well
        await using var transport = Mail.Transport(server.Port, options => options.Host = "localhost");

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
    }

    [Theory]
    [InlineData("554 5.7.1 go away", MailDisposition.NotSent, MailReason.ServerUnavailable)]
    [InlineData("421 4.7.0 too many connections from you", MailDisposition.Throttled, MailReason.RateLimited)]
    [InlineData("451 4.3.0 later", MailDisposition.Retry, MailReason.ServerUnavailable)]
    public async Task SendAsync_GreetedWithARefusal_CarriesTheReply(string greeting, MailDisposition disposition, MailReason reason)
    {
        await using var server = new SimpleSmtpServer();
        server.Answer = (_, command) => command == "CONNECT" ? greeting : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Greeting, result.Failure!.Kind);
        Assert.Equal(int.Parse(greeting[..3], null), result.Failure.Reply!.Code);
        Assert.Equal((disposition, reason), (result.Verdict.Disposition, result.Verdict.Reason));
    }

    [Fact]
    public async Task SendAsync_ServerAllowsFewerConnections_UsesThoseItGets()
    {
        await using var server = new SimpleSmtpServer();
        server.Answer = (connection, command) => command == "CONNECT" && connection.Number > 1 ? "421 4.7.0 one is enough" : null;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 8);
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => transport.SendAsync(Mail.To("anna@example.test"))));

        Assert.All(results, Mail.AssertAccepted);
        Assert.All(server.Mails, mail => Assert.Equal(1, mail.Connection));
        Assert.InRange(server.Connections, 2, 9); // and it did not go on asking
    }

    [Fact]
    public async Task DisposeAsync_MailsUnderWay_WaitsForThem()
    {
        var go = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = (_, command) => command == "CONNECT" ? go.Task : Task.CompletedTask;
        var transport = Mail.Transport(server.Port, options => (options.MaxConnections, options.DrainTimeout) = (1, TimeSpan.FromMinutes(1)));
        var sending = Enumerable.Range(0, 10).Select(_ => transport.SendAsync(Mail.To("anna@example.test"))).ToArray();

        var disposing = transport.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        go.SetResult();
        await disposing.WaitAsync(Mail.Limit);

        Assert.All(await Task.WhenAll(sending), Mail.AssertAccepted);
        Assert.Contains("QUIT", server.Commands);
    }

    [Fact]
    public async Task DisposeAsync_LongerThanTheDrainTime_EndsTheRest()
    {
        var clock = new WatchedClock();
        var ended = new TaskCompletionSource();
        var forever = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer();
        server.BeforeReply = (_, command) =>
        {
            if (command != ".")
            {
                return Task.CompletedTask;
            }

            ended.SetResult();
            return forever.Task;
        };
        var transport = Mail.Transport(server.Port, options => (options.MaxConnections, options.DrainTimeout) = (1, TimeSpan.FromSeconds(9)), clock);
        var inDoubt = transport.SendAsync(Mail.To("anna@example.test"));
        var waiting = transport.SendAsync(Mail.To("bob@example.test"));
        await ended.Task.WaitAsync(Mail.Limit);

        var disposing = transport.DisposeAsync().AsTask();
        clock.Advance(TimeSpan.FromSeconds(9));
        await disposing.WaitAsync(Mail.Limit);
        forever.SetResult();

        Assert.Equal(MailRecipientStatus.Unconfirmed, (await inDoubt).Recipients[0].Status);
        Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Disposed), ((await waiting).Recipients[0].Status, (await waiting).Recipients[0].Failure!.Kind));
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsFine()
    {
        await using var server = new SimpleSmtpServer();
        var transport = Mail.Transport(server.Port);
        await transport.SendAsync(Mail.To("anna@example.test"));

        await transport.DisposeAsync();
        await transport.DisposeAsync();
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
