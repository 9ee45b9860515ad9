using System.Collections.Concurrent;
using System.Text;
using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

/// <summary>
/// Connections that end, at every octet of the dialogue. Whatever happens: a mail whose end reached the server is never called
/// NotSent, one whose end did not leave is never called Unconfirmed, and nothing hangs.
/// </summary>
public sealed class SmtpBreakTests
{
    public static TheoryData<string[]> Dialects { get; } = new([[], ["PIPELINING"], ["PIPELINING", "CHUNKING"], ["CHUNKING"]]);

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_ServerClosesAfterEveryOctetItSends_TellsTheTruth(string[] extensions)
    {
        var length = await MeasureAsync(extensions, connection => connection.Sent);
        for (var limit = 0; limit < length; limit++)
        {
            await BreakAsync(extensions, connection => connection.CloseAfter = limit);
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_ServerClosesAfterEveryOctetItReceives_TellsTheTruth(string[] extensions)
    {
        var length = await MeasureAsync(extensions, connection => connection.Received);
        for (var limit = 0; limit < length; limit++)
        {
            await BreakAsync(extensions, connection => connection.CloseAfterReceived = limit);
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_HangUpAtTheEndOfContent_IsUnconfirmed(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command == "." ? "" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailRecipientStatus.Unconfirmed, result.Status);
        Assert.Equal(MailFailureKind.ConnectionLost, result.Failure!.Kind);
        Assert.Equal(MailDisposition.Unconfirmed, result.Verdict.Disposition);
        Assert.Equal(1, server.Connections); // and it was not sent again
    }

    [Theory]
    [InlineData("MAIL", MailRecipientStatus.NotSent, "PIPELINING")]
    [InlineData("RCPT", MailRecipientStatus.NotSent, "PIPELINING")]
    [InlineData("DATA", MailRecipientStatus.NotSent, "PIPELINING")]
    [InlineData("MAIL", MailRecipientStatus.NotSent)]
    [InlineData("MAIL", MailRecipientStatus.Unconfirmed, "PIPELINING", "CHUNKING")]
    public async Task SendAsync_HangUpEarlierOnAFreshConnection_DependsOnWhatHasLeft(string at, MailRecipientStatus expected, params string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command.StartsWith(at, StringComparison.Ordinal) ? "" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal(expected, result.Status);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_421AtMailOnAFreshConnection_IsARefusalToRetry(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command.StartsWith("MAIL", StringComparison.Ordinal) ? "421 4.3.2 shutting down" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal((MailRecipientStatus.Refused, 421), (result.Status, result.Reply!.Code));
        Assert.Equal(new MailVerdict(MailDisposition.Retry, MailReason.ServerUnavailable, MailScope.Account), result.Verdict);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_421AtTheOnlyRecipient_IsARefusalToRetry(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        server.Answer = (_, command) => command.StartsWith("RCPT", StringComparison.Ordinal) ? "421 4.3.2 shutting down" : null;
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendOneAsync();

        Assert.Equal((MailRecipientStatus.Refused, 421, SmtpStage.Recipient), (result.Status, result.Reply!.Code, result.Stage));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task SendAsync_421AtMailOnAUsedConnection_GoesOnOnANewOne(string[] extensions)
    {
        await using var server = new SimpleSmtpServer(extensions);
        var mails = new ConcurrentDictionary<int, int>();
        server.Answer = (connection, command) => command.StartsWith("MAIL", StringComparison.Ordinal)
            && mails.AddOrUpdate(connection.Number, 1, (_, count) => count + 1) > 2 ? "421 4.7.0 enough of you" : null;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);

        for (var i = 0; i < 6; i++)
        {
            Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        }

        Assert.Equal(3, server.Connections);
        Assert.Equal(6, server.Mails.Count);
    }

    [Fact]
    public async Task SendAsync_421AfterTheContent_IsAnAnswer()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.Answer = (connection, command) => command == "." && connection.Number == 1 ? "421 4.3.2 no" : null;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);

        var both = await Task.WhenAll(transport.SendAsync(Mail.To("anna@example.test")), transport.SendAsync(Mail.To("bob@example.test")));

        var statuses = both.Select(result => result.Recipients[0].Status).Order();
        Assert.Equal([MailRecipientStatus.Accepted, MailRecipientStatus.Refused], statuses);
    }

    [Fact]
    public async Task SendAsync_GoodbyeRightAfterTheReply_IsAccepted()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.Answer = (_, command) => command == "." ? "250 2.0.0 Ok\r\n421 4.4.2 goodbye" : null;
        await using var transport = Mail.Transport(server.Port);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task SendAsync_ClosedWhileIdle_UsesANewConnection()
    {
        var closed = new TaskCompletionSource();
        await using var server = new ScriptedServer(async client =>
        {
            await client.SendAsync("220 hi\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("250-hi\r\n250-PIPELINING\r\n250 CHUNKING\r\n");
            for (var i = 0; i < 3; i++)
            {
                await client.ReadLineAsync();
            }

            await client.ReadAsync(Mail.Small.Length);
            await client.SendAsync("250 Ok\r\n250 Ok\r\n250 Ok\r\n");
            if (client.Number == 1)
            {
                client.Dispose();
                closed.SetResult();
            }

            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
        await closed.Task;
        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task SendAsync_ConnectionBreaksUnderTwo_OnlyTheOneInDoubtIsUnconfirmed()
    {
        var both = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = (connection, command) => command.StartsWith("MAIL", StringComparison.Ordinal) && connection.Number == 1 ? both.Task : Task.CompletedTask;
        server.Answer = (connection, command) => command == "." && connection.Number == 1 ? "" : null;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);

        var first = transport.SendAsync(Mail.To("anna@example.test"), Mail.Content("N: 1\r\n\r\n"));
        var second = transport.SendAsync(Mail.To("bob@example.test"), Mail.Content("N: 2\r\n\r\n"));
        both.SetResult();

        Assert.Equal(MailRecipientStatus.Unconfirmed, (await first).Recipients[0].Status);
        Mail.AssertAccepted(await second);
        Assert.Equal(["N: 1\r\n\r\n", "N: 2\r\n\r\n"], server.Mails.Select(mail => mail.Text));
    }

    private static async Task<int> MeasureAsync(string[] extensions, Func<ScriptedConnection, int> measure)
    {
        ScriptedConnection? seen = null;
        await using var server = new SimpleSmtpServer(extensions) { Connected = connection => seen = connection };
        await using (var transport = Mail.Transport(server.Port))
        {
            Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test")));
        }

        return measure(seen!);
    }

    private static async Task BreakAsync(string[] extensions, Action<ScriptedConnection> configure)
    {
        await using var server = new SimpleSmtpServer(extensions) { Connected = configure };
        MailResult result;
        await using (var transport = Mail.Transport(server.Port, options => options.DrainTimeout = TimeSpan.Zero))
        {
            result = await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test"));
        }

        foreach (var recipient in result.Recipients)
        {
            var text = $"{recipient} after {string.Join(", ", server.Commands)}";
            Assert.True(recipient.Status is MailRecipientStatus.Accepted or MailRecipientStatus.NotSent or MailRecipientStatus.Unconfirmed, text);
            Assert.False(recipient.Status == MailRecipientStatus.NotSent && !server.Mails.IsEmpty, text);
            Assert.False(recipient.Status == MailRecipientStatus.Accepted && server.Mails.IsEmpty, text);
            Assert.DoesNotContain("example.test", recipient.Failure?.Why ?? "", StringComparison.Ordinal);
        }
    }
}
