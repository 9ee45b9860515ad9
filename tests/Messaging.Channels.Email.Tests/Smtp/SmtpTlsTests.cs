using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpTlsTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.StartTlsWhenOffered)]
    public async Task SendAsync_StartTls_EncryptsAndAsksAgain(SmtpSecurity security)
    {
        await using var server = new SimpleSmtpServer("STARTTLS", "PIPELINING") { Certificate = _certificate };
        server.Answer = (_, command) =>
        {
            server.Extensions = command == "STARTTLS" ? [] : server.Extensions; // after TLS it offers nothing any more
            return null;
        };
        await using var transport = Mail.Transport(server.Port, options => (options.Security, options.TrustedRoots) = (security, _certificate.Roots));

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(
            ["EHLO client.test", "STARTTLS", "EHLO client.test", "MAIL FROM:<sender@example.test>", "RCPT TO:<anna@example.test>", "DATA"],
            server.Commands);
    }

    [Fact]
    public async Task SendAsync_StartTlsRequiredButNotOffered_NeverFallsBack()
    {
        await using var server = new SimpleSmtpServer("PIPELINING");
        await using var transport = Mail.Transport(server.Port, options => options.Security = SmtpSecurity.StartTls);

        var result = await transport.SendOneAsync();

        Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Tls), (result.Status, result.Failure!.Kind));
        Assert.Equal(new MailVerdict(MailDisposition.NotSent, MailReason.TlsFailed, MailScope.Account), result.Verdict);
        Assert.Equal(["EHLO client.test"], server.Commands);
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.StartTlsWhenOffered)]
    public async Task SendAsync_StartTlsRefused_NeverFallsBackWhenItWasOffered(SmtpSecurity security)
    {
        await using var server = new SimpleSmtpServer("STARTTLS");
        server.Answer = (_, command) => command == "STARTTLS" ? "454 4.7.0 not now" : null;
        await using var transport = Mail.Transport(server.Port, options => options.Security = security);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Tls, result.Failure!.Kind);
        Assert.Equal(454, result.Failure.Reply!.Code);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SendAsync_WhenOfferedAndItIsNot_SendsInClearText()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port, options => options.Security = SmtpSecurity.StartTlsWhenOffered);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
    }

    [Theory]
    [InlineData("250 2.0.0 injected\r\n")]
    [InlineData("\0")]
    public async Task SendAsync_ClearTextBehindStartTls_IsTreatedAsAnAttack(string injected)
    {
        await using var server = new ScriptedServer(async client =>
        {
            await client.SendAsync("220 hi\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("250-hi\r\n250 STARTTLS\r\n");
            await client.ReadLineAsync();
            await client.SendAsync("220 go\r\n" + injected);
            await client.ReadToEndAsync();
        });
        await using var transport = Mail.Transport(server.Port, options => options.Security = SmtpSecurity.StartTls);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Tls, result.Failure!.Kind);
        Assert.Contains("clear text", result.Failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_UnknownAuthority_IsNotTrusted()
    {
        await using var server = new SimpleSmtpServer { Certificate = _certificate, ImplicitTls = true };
        await using var transport = Mail.Transport(server.Port, options => options.Security = SmtpSecurity.Tls);

        var result = await transport.SendOneAsync();

        Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Certificate), (result.Status, result.Failure!.Kind));
        Assert.Contains("TrustedRoots", result.Failure.Why, StringComparison.Ordinal);
        Assert.Empty(server.Commands);
    }

    [Fact]
    public async Task SendAsync_CertificateForAnotherName_IsNotTrusted()
    {
        using var other = new TestCertificate("mail.example.com");
        await using var server = new SimpleSmtpServer { Certificate = other, ImplicitTls = true };
        await using var transport = Mail.Transport(server.Port, options => (options.Security, options.TrustedRoots) = (SmtpSecurity.Tls, other.Roots));

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Certificate, result.Failure!.Kind);
        Assert.Contains("another name", result.Failure.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_OwnValidation_Decides(bool trusts)
    {
        await using var server = new SimpleSmtpServer { Certificate = _certificate, ImplicitTls = true };
        await using var transport = Mail.Transport(server.Port, options =>
        {
            options.Security = SmtpSecurity.Tls;
            options.CertificateValidation = (_, certificate, _, _) => trusts && certificate!.GetCertHashString() == _certificate.Certificate.GetCertHashString();
        });

        var result = await transport.SendOneAsync();

        Assert.Equal(trusts ? MailRecipientStatus.Accepted : MailRecipientStatus.NotSent, result.Status);
        Assert.Equal(trusts ? null : MailFailureKind.Certificate, result.Failure?.Kind);
    }

    [Fact]
    public async Task SendAsync_ImplicitTlsAtAPlainPort_FailsInTheHandshake()
    {
        await using var server = new SimpleSmtpServer();
        await using var transport = Mail.Transport(server.Port, options => options.Security = SmtpSecurity.Tls);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Tls, result.Failure!.Kind);
    }

    [Fact]
    public async Task SendAsync_HandshakeNeverEnds_TimesOut()
    {
        var clock = new WatchedClock();
        await using var server = new ScriptedServer(client => client.ReadToEndAsync());
        await using var transport = Mail.Transport(
            server.Port, options => (options.Security, options.ConnectTimeout, options.DrainTimeout) = (SmtpSecurity.Tls, TimeSpan.FromSeconds(17), TimeSpan.Zero), clock);
        var handshake = clock.WhenSetAsync(TimeSpan.FromSeconds(17));

        var sending = transport.SendOneAsync();
        await handshake;
        clock.Advance(TimeSpan.FromSeconds(17));

        Assert.Equal(MailFailureKind.Timeout, (await sending).Failure!.Kind);
    }
}
