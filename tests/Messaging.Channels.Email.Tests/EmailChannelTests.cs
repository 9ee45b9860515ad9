using System.Collections.Concurrent;
using Messaging.Testing;
using Messaging.TestServers;
using Microsoft.Extensions.Logging;

namespace Messaging.Channels.Email;

public sealed class EmailChannelTests
{
    [Fact]
    public async Task SendAsync_OverSmtp_TheServerGetsEnvelopeAndMail()
    {
        await using var server = new SimpleSmtpServer("PIPELINING", "8BITMIME", "DSN", "ENHANCEDSTATUSCODES");
        var channel = Channels.Create($"smtp://127.0.0.1:{server.Port}?returnPath=bounces@example.com&notify=failure");
        var message = Some.Message() with { Text = "środa", Html = default, Cc = [Mails.To("cc@example.com")], Bcc = [Mails.To("bcc@example.com")] };

        var result = Assert.IsType<SendResult.Accepted>(await channel.SendAsync(message, default));

        var mail = Assert.Single(server.Mails);
        Assert.Equal($"<{message.DeliveryId.Value:N}@example.com>", result.ProviderId);
        Assert.Contains($"Message-ID: {result.ProviderId}\r\n", mail.Text, StringComparison.Ordinal);
        Assert.StartsWith("MAIL FROM:<bounces@example.com>", mail.From, StringComparison.Ordinal);
        Assert.Contains($"ENVID={message.DeliveryId.Value:N}", mail.From, StringComparison.Ordinal);
        Assert.Equal(
            [$"<{message.To.Address.Value}>", "<cc@example.com>", "<bcc@example.com>"],
            mail.Recipients.Select(recipient => recipient["RCPT TO:".Length..].Split(' ')[0]));
        Assert.All(mail.Recipients, recipient => Assert.Contains("NOTIFY=FAILURE", recipient, StringComparison.Ordinal));
        Assert.Contains("Content-Transfer-Encoding: 8bit", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bcc@", mail.Text, StringComparison.Ordinal);
        await ((IAsyncDisposable)channel).DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_OneOfSeveralRefused_HasItsOwnResult()
    {
        await using var server = new SimpleSmtpServer("ENHANCEDSTATUSCODES")
        {
            Answer = (_, command) => command.Contains("<gone@", StringComparison.Ordinal) ? "550 5.1.1 <gone@example.com>: no such user" : null,
        };
        var channel = Channels.Create($"smtp://127.0.0.1:{server.Port}");

        var result = await channel.SendAsync(Some.Message() with { Cc = [Mails.To("gone@example.com")] }, default);

        Assert.IsType<SendResult.Accepted>(result);
        var refused = Assert.IsType<SendResult.Rejected>(result.Recipients[1].Result);
        Assert.Equal((RejectionReason.UnknownRecipient, FailureScope.Address, "550 5.1.1"), (refused.Reason, refused.Scope, refused.ProviderCode));
        await ((IAsyncDisposable)channel).DisposeAsync();
    }

    [Fact]
    public async Task SendAsync_OnlyForSome_GoesToThemUnderTheSameHeaders()
    {
        await using var server = new SimpleSmtpServer("PIPELINING")
        {
            Answer = (_, command) => command.StartsWith("RCPT TO:<late@", StringComparison.Ordinal) ? "450 4.7.1 later" : null,
        };
        var channel = Channels.Create($"smtp://127.0.0.1:{server.Port}");
        var message = Some.Message() with { Cc = [Mails.To("cc@example.com"), Mails.To("late@example.com")], Bcc = [Mails.To("bcc@example.com")] };

        var all = await channel.SendAsync(message, default);
        var some = await channel.SendAsync(message with { OnlyFor = [2, 3] }, default);

        Assert.IsType<SendResult.Accepted>(all);
        Assert.IsType<SendResult.Throttled>(some);
        Assert.Equal([2, 3], some.Recipients.Select(r => r.Recipient));
        Assert.IsType<SendResult.Accepted>(some.Recipients[1].Result);
        Assert.Equal(["RCPT TO:<bcc@example.com>"], server.Mails.Last().Recipients);
        Assert.Equal(["RCPT TO:<late@example.com>", "RCPT TO:<bcc@example.com>"], server.Commands.Where(c => c.StartsWith("RCPT", StringComparison.Ordinal)).Skip(4));
        Assert.Equal(Header(server.Mails.First().Text, "To"), Header(server.Mails.Last().Text, "To"));
        Assert.Equal(Header(server.Mails.First().Text, "Cc"), Header(server.Mails.Last().Text, "Cc"));
        await ((IAsyncDisposable)channel).DisposeAsync();

        static string Header(string mail, string name) => mail.Split("\r\n").First(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task SendAsync_TransportThrows_IsUnconfirmedAndItsTextIsNotRepeated(Type type)
    {
        var channel = Channel(new ThrowingTransport((Exception)Activator.CreateInstance(type, "about anna@example.com")!), out var log);

        var unconfirmed = Assert.IsType<SendResult.Unconfirmed>(await channel.SendAsync(Some.Message(), default));

        Assert.Equal($"The mail transport failed unexpectedly ({type.Name}).", unconfirmed.Why);
        Assert.Contains(log.Lines, line => line.StartsWith("Error 7 MailTransportFailed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_AnyOutcome_IsLoggedWithoutPersonalData()
    {
        MailRecipientResult[] outcomes =
        [
            new(MailRecipientStatus.Accepted, SmtpStage.Content),
            new(MailRecipientStatus.Refused, SmtpStage.Recipient, new SmtpReply(550, null, "no")),
            new(MailRecipientStatus.Refused, SmtpStage.Recipient, new SmtpReply(450, null, "later")),
            new(MailRecipientStatus.NotSent, SmtpStage.Connect, Failure: new(MailFailureKind.Connect, "No connection.")),
            new(MailRecipientStatus.Unconfirmed, SmtpStage.Content, Failure: new(MailFailureKind.ConnectionLost, "Lost.")),
        ];
        var all = new List<string>();
        foreach (var outcome in outcomes)
        {
            var channel = Channel(new FixedTransport(outcome), out var log);
            await channel.SendAsync(Some.Message() with { To = Mails.To("anna@example.com", "Anna Nowak"), Subject = "private" }, default);
            await channel.SendAsync(Some.Message() with { To = Mails.To("anna.example.com", "Anna Nowak") }, default);
            all.AddRange(log.Lines);
        }

        Assert.Equal(["MailAccepted", "MailNotSent", "MailRejected", "MailThrottled", "MailUnconfirmed", "MailUnsendable"], all.Select(line => line.Split(' ')[2]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(all, line => Assert.False(
            line.Contains("anna", StringComparison.OrdinalIgnoreCase) || line.Contains("private", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task DisposeAsync_Channel_DisposesItsTransport()
    {
        var transport = new FixedTransport(new(MailRecipientStatus.Accepted, SmtpStage.Content));

        await ((IAsyncDisposable)Channel(transport, out _)).DisposeAsync();

        Assert.True(transport.IsDisposed);
    }

    [Fact]
    public async Task SendAsync_Volume_EveryMailArrives()
    {
        await using var sink = await SmtpSink.StartAsync("-c");
        var channel = Channels.Create($"smtp://127.0.0.1:{sink.Port}?connections=4");

        var results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => channel.SendAsync(Some.Message() with { Subject = "środa" }, default).AsTask()));

        Assert.All(results, result => Assert.IsType<SendResult.Accepted>(result));
        await ((IAsyncDisposable)channel).DisposeAsync();
    }

    private static EmailChannel Channel(IMailTransport transport, out ListLogger log)
    {
        log = new ListLogger();
        return new EmailChannel("email", Mails.Settings, transport, new ManualTimeProvider(), log);
    }

    private sealed class ThrowingTransport(Exception exception) : IMailTransport
    {
        public ValueTask<MailResult> SendAsync(MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken) => throw exception;

        public ValueTask DisposeAsync() => default;
    }

    private sealed class FixedTransport(MailRecipientResult result) : IMailTransport
    {
        public bool IsDisposed { get; private set; }

        public ValueTask<MailResult> SendAsync(MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken) =>
            new(MailResult.ForAll(envelope.Recipients.Count, result));

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return default;
        }
    }

    private sealed class ListLogger : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel} {eventId.Id} {eventId.Name} {formatter(state, exception)} {exception}");
    }
}
