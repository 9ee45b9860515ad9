using System.Text;
using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpCancellationTests
{
    [Fact]
    public async Task SendAsync_AlreadyCanceled_Throws()
    {
        await using var transport = Mail.Transport(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            transport.SendAsync(Mail.To("anna@example.test"), Mail.Content(), new CancellationToken(true)).AsTask());
    }

    [Fact]
    public async Task SendAsync_CanceledWhileWaiting_LeavesTheQueueAndTheOthersAlone()
    {
        var go = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer();
        server.BeforeReply = (_, command) => command == "CONNECT" ? go.Task : Task.CompletedTask;
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);
        using var cancel = new CancellationTokenSource();

        var before = transport.SendAsync(Mail.To("anna@example.test"));
        var canceled = transport.SendAsync(Mail.To("carol@example.test"), Mail.Content(), cancel.Token).AsTask();
        var after = transport.SendAsync(Mail.To("bob@example.test"));
        await cancel.CancelAsync();
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        go.SetResult();

        Assert.Equal(cancel.Token, e.CancellationToken);
        Mail.AssertAccepted(await before);
        Mail.AssertAccepted(await after);
        Assert.Equal(["RCPT TO:<anna@example.test>", "RCPT TO:<bob@example.test>"], server.Mails.SelectMany(mail => mail.Recipients));
    }

    [Theory]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    public async Task SendAsync_CanceledBeforeTheContentLeft_Throws(string at)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = (_, command) => command.StartsWith(at, StringComparison.Ordinal) ? cancel.CancelAsync() : Task.CompletedTask;
        await using var transport = Mail.Transport(server.Port);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            transport.SendAsync(Mail.To("anna@example.test"), Mail.Content(), cancel.Token).AsTask().WaitAsync(Mail.Limit));
        server.BeforeReply = (_, _) => Task.CompletedTask;

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("bob@example.test")));
        Assert.Equal(["RCPT TO:<bob@example.test>"], Assert.Single(server.Mails).Recipients);
    }

    [Fact]
    public async Task SendAsync_CanceledAfterTheContentLeft_IsUnconfirmed()
    {
        using var cancel = new CancellationTokenSource();
        var forever = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = async (_, command) =>
        {
            if (command == ".")
            {
                await cancel.CancelAsync();
                await forever.Task;
            }
        };
        await using var transport = Mail.Transport(server.Port);

        var result = await transport.SendAsync(Mail.To("anna@example.test"), Mail.Content(), cancel.Token).AsTask().WaitAsync(Mail.Limit);
        forever.SetResult();

        var recipient = Assert.Single(result.Recipients);
        Assert.Equal((MailRecipientStatus.Unconfirmed, MailFailureKind.Canceled), (recipient.Status, recipient.Failure!.Kind));
    }

    [Fact]
    public async Task SendAsync_CanceledBehindAMailInDoubt_DoesNotHarmThatMail()
    {
        using var cancel = new CancellationTokenSource();
        var both = new TaskCompletionSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = (_, command) => command switch
        {
            "MAIL FROM:<sender@example.test>" => both.Task,
            "." => cancel.CancelAsync(), // the envelope of the second is on its way, the first has no answer yet
            _ => Task.CompletedTask,
        };
        await using var transport = Mail.Transport(server.Port, options => options.MaxConnections = 1);

        var first = transport.SendAsync(Mail.To("anna@example.test"));
        var second = transport.SendAsync(Mail.To("bob@example.test"), Mail.Content(), cancel.Token).AsTask();
        both.SetResult();

        Mail.AssertAccepted(await first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Mail.Limit));
        Assert.Equal(["RCPT TO:<anna@example.test>"], Assert.Single(server.Mails).Recipients);
    }

    [Fact]
    public async Task SendAsync_CanceledBetweenTransactions_TellsWhoHasIt()
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new SimpleSmtpServer("PIPELINING");
        server.BeforeReply = (_, command) => command == "RCPT TO:<bob@example.test>" ? cancel.CancelAsync() : Task.CompletedTask;
        await using var transport = Mail.Transport(server.Port, options => options.MaxRecipientsPerTransaction = 1);

        var result = await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test"), Mail.Content(), cancel.Token).AsTask().WaitAsync(Mail.Limit);

        Assert.Equal([MailRecipientStatus.Accepted, MailRecipientStatus.NotSent], result.Recipients.Select(recipient => recipient.Status));
        Assert.Equal(MailFailureKind.Canceled, result.Recipients[1].Failure!.Kind);
    }

    [Theory]
    [InlineData("PIPELINING")]
    [InlineData("8BITMIME")]
    public async Task SendAsync_CanceledAsTheServerAsksForTheContent_WasNotSent(string extension)
    {
        using var cancel = new CancellationTokenSource();
        await using var server = new SimpleSmtpServer(extension);
        var asked = 0;
        await using var transport = Mail.Transport(server.Port, options =>
        {
            options.MaxRecipientsPerTransaction = 1;
            options.ProtocolLog = new CallLog(line =>
            {
                if (line.StartsWith("354", StringComparison.Ordinal) && ++asked == 2)
                {
                    cancel.Cancel();
                }
            });
        });

        var result = await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test"), Mail.Content(), cancel.Token).AsTask().WaitAsync(Mail.Limit);

        Assert.Equal([MailRecipientStatus.Accepted, MailRecipientStatus.NotSent], result.Recipients.Select(recipient => recipient.Status));
        Assert.Equal(MailFailureKind.Canceled, result.Recipients[1].Failure!.Kind);
        Assert.Single(server.Mails);
    }

    /// <summary>Tells what the server says while it is being read.</summary>
    private sealed class CallLog(Action<string> server) : ISmtpProtocolLog
    {
        public void Client(ReadOnlySpan<byte> line)
        {
        }

        public void Server(ReadOnlySpan<byte> line) => server(Encoding.ASCII.GetString(line));
    }
}
