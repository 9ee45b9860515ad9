namespace Messaging.Channels.Email.Smtp;

/// <summary>Envelopes, contents and transports for tests.</summary>
internal static class Mail
{
    public const string Small = "Subject: Hello\r\n\r\nHow are you?\r\n";

    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static TextContent Content(string text = Small) => new(text);

    public static MailEnvelope To(params string[] recipients) => new()
    {
        From = "sender@example.test",
        Recipients = [.. recipients.Select(address => new MailRecipient(address))],
    };

    public static SmtpOptions Options(int port, Action<SmtpOptions>? configure = null)
    {
        var options = new SmtpOptions
        {
            Host = "127.0.0.1", Port = port, Security = SmtpSecurity.None, HelloName = "client.test", DrainTimeout = TimeSpan.FromSeconds(5),
        };
        configure?.Invoke(options);
        return options;
    }

    public static SmtpTransport Transport(int port, Action<SmtpOptions>? configure = null, TimeProvider? time = null) =>
        new(Options(port, configure), time);

    public static Task<MailResult> SendAsync(this SmtpTransport transport, MailEnvelope envelope, IMailContent? content = null) =>
        transport.SendAsync(envelope, content ?? Content(), CancellationToken.None).AsTask().WaitAsync(Limit);

    public static async Task<MailRecipientResult> SendOneAsync(this SmtpTransport transport, IMailContent? content = null) =>
        Assert.Single((await transport.SendAsync(To("anna@example.test"), content)).Recipients);

    public static void AssertAccepted(MailResult result) => Assert.True(result.IsAccepted, string.Join('\n', result.Recipients));
}
