using System.Text;
using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

/// <summary>AUTH against npm smtp-server, and against servers that behave oddly.</summary>
public sealed class SmtpAuthenticationTests
{
    [Theory]
    [InlineData(false, SmtpAuthentication.Auto, "PLAIN", "LOGIN")]
    [InlineData(false, SmtpAuthentication.Auto, "LOGIN")]
    [InlineData(true, SmtpAuthentication.Login, "PLAIN", "LOGIN")]
    [InlineData(true, SmtpAuthentication.Plain, "PLAIN")]
    public async Task SendAsync_RightPassword_LogsIn(bool implicitTls, SmtpAuthentication authentication, params string[] methods)
    {
        await using var server = await NodeSmtpServer.StartAsync(implicitTls, false, methods);
        await using var transport = Mail.Transport(server.Port, options =>
        {
            Trust(options, server, implicitTls);
            (options.UserName, options.Password, options.Authentication) = (NodeSmtpServer.User, NodeSmtpServer.Password, authentication);
        });

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test", "bob@example.test")));
        var mail = await server.NextAsync();

        Assert.Equal(NodeSmtpServer.User, mail.GetProperty("user").GetString());
        Assert.Equal(["anna@example.test", "bob@example.test"], mail.GetProperty("to").EnumerateArray().Select(to => to.GetString()));
        Assert.Equal(Mail.Small, Encoding.ASCII.GetString(mail.GetProperty("data").GetBytesFromBase64()));
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task SendAsync_WrongPassword_IsTheAccountsFault(string method)
    {
        await using var server = await NodeSmtpServer.StartAsync(false, false, method);
        await using var transport = Mail.Transport(server.Port, options =>
        {
            Trust(options, server, false);
            (options.UserName, options.Password) = (NodeSmtpServer.User, "wrong-s3cret");
        });

        var result = await transport.SendOneAsync();

        Assert.Equal((MailRecipientStatus.NotSent, MailFailureKind.Authentication), (result.Status, result.Failure!.Kind));
        Assert.Equal(535, result.Failure.Reply!.Code);
        Assert.Equal(new MailVerdict(MailDisposition.Permanent, MailReason.AuthenticationFailed, MailScope.Account), result.Verdict);
        Assert.DoesNotContain("s3cret", result.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { NodeSmtpServer.Token }, true)]
    [InlineData(new[] { "expired", NodeSmtpServer.Token }, true)]
    [InlineData(new[] { "expired", "expired too" }, false)]
    public async Task SendAsync_XOAuth2_RenewsTheTokenOnce(string[] tokens, bool succeeds)
    {
        await using var server = await NodeSmtpServer.StartAsync(false, false, "XOAUTH2");
        var provider = new Tokens(tokens);
        await using var transport = Mail.Transport(server.Port, options =>
        {
            Trust(options, server, false);
            (options.UserName, options.TokenProvider) = (NodeSmtpServer.User, provider);
        });

        var result = await transport.SendOneAsync();

        Assert.Equal(succeeds ? MailRecipientStatus.Accepted : MailRecipientStatus.NotSent, result.Status);
        Assert.Equal(succeeds ? null : 535, result.Failure?.Reply?.Code);
        Assert.Equal(tokens.Select((_, i) => i > 0), provider.Renewals);
    }

    [Fact]
    public async Task SendAsync_TokenProviderFails_IsRetriedLaterWithoutItsText()
    {
        await using var server = await NodeSmtpServer.StartAsync(false, false, "XOAUTH2");
        await using var transport = Mail.Transport(server.Port, options =>
        {
            Trust(options, server, false);
            (options.UserName, options.TokenProvider) = (NodeSmtpServer.User, new Tokens());
        });

        var result = await transport.SendOneAsync();

        Assert.Equal(new MailVerdict(MailDisposition.NotSent, MailReason.AuthenticationFailed, MailScope.Account), result.Verdict);
        Assert.DoesNotContain("refresh-secret", result.Failure!.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ClearTextConnection_KeepsTheCredentials()
    {
        await using var server = new SimpleSmtpServer("AUTH PLAIN LOGIN");
        await using var transport = Mail.Transport(
            server.Port, options => (options.UserName, options.Password, options.Security) = ("anna", "s3cret", SmtpSecurity.StartTlsWhenOffered));

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Authentication, result.Failure!.Kind);
        Assert.Equal(["EHLO client.test"], server.Commands);
    }

    [Fact]
    public void Constructor_CredentialsWithoutTls_AreRefusedUnlessAllowed()
    {
        Action<SmtpOptions> credentials = options => (options.UserName, options.Password) = ("anna", "s3cret");

        var e = Assert.Throws<ArgumentException>(() => Mail.Transport(25, credentials));

        Assert.Contains("AllowClearTextCredentials", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", e.Message, StringComparison.Ordinal);
        _ = Mail.Transport(25, credentials + (options => options.AllowClearTextCredentials = true));
    }

    [Fact]
    public async Task SendAsync_NothingWeSpeakIsOffered_SaysSo()
    {
        await using var server = new SimpleSmtpServer("AUTH GSSAPI");
        await using var transport = Mail.Transport(server.Port, Allow);

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Authentication, result.Failure!.Kind);
        Assert.Contains("does not offer", result.Failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ServerOverlooksTheInitialResponse_GetsItAgain()
    {
        await using var server = new SimpleSmtpServer("AUTH=PLAIN");
        server.Answer = (_, command) => command switch
        {
            _ when command.StartsWith("AUTH PLAIN ", StringComparison.Ordinal) => "334 ",
            "AGFubmEAczNjcmV0" => "235 2.7.0 Ok",
            _ => null,
        };
        await using var transport = Mail.Transport(server.Port, Allow);

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));
    }

    [Fact]
    public async Task SendAsync_ServerAsksForever_GivesUp()
    {
        await using var server = new SimpleSmtpServer("AUTH LOGIN");
        server.Answer = (_, command) => command.StartsWith("EHLO", StringComparison.Ordinal) || command == "CONNECT" ? null : "334 bW9yZQ==";
        await using var transport = Mail.Transport(server.Port, options => { Allow(options); options.DrainTimeout = TimeSpan.Zero; });

        var result = await transport.SendOneAsync();

        Assert.Equal(MailFailureKind.Authentication, result.Failure!.Kind);
        Assert.InRange(server.Commands.Count, 4, 10);
    }

    [Fact]
    public async Task SendAsync_TemporaryAuthFailure_IsNoReasonToStopTheAccountForGood()
    {
        await using var server = new SimpleSmtpServer("AUTH PLAIN");
        server.Answer = (_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) ? "454 4.7.0 directory is down" : null;
        await using var transport = Mail.Transport(server.Port, Allow);

        var result = await transport.SendOneAsync();

        Assert.Equal(new MailVerdict(MailDisposition.NotSent, MailReason.AuthenticationFailed, MailScope.Account), result.Verdict);
    }

    [Fact]
    public async Task ProtocolLog_Credentials_AreMasked()
    {
        var log = new ListLog();
        await using var server = new SimpleSmtpServer("AUTH LOGIN");
        var step = 0;
        server.Answer = (_, command) => command.StartsWith("AUTH", StringComparison.Ordinal) ? "334 VXNlcm5hbWU6"
            : command.EndsWith('=') || command is "czNjcmV0" or "YW5uYQ==" ? ++step == 1 ? "334 UGFzc3dvcmQ6" : "235 Ok"
            : null;
        await using var transport = Mail.Transport(server.Port, options => { Allow(options); options.ProtocolLog = log; });

        Mail.AssertAccepted(await transport.SendAsync(Mail.To("anna@example.test")));

        Assert.Equal(2, log.Lines.Count(line => line == "C: ***"));
        Assert.DoesNotContain(log.Lines, line => line.Contains("czNjcmV0", StringComparison.Ordinal) || line.Contains("YW5uYQ", StringComparison.Ordinal));
    }

    private static void Allow(SmtpOptions options) =>
        (options.UserName, options.Password, options.AllowClearTextCredentials) = ("anna", "s3cret", true);

    private static void Trust(SmtpOptions options, NodeSmtpServer server, bool implicitTls)
    {
        options.Security = implicitTls ? SmtpSecurity.Tls : SmtpSecurity.StartTls;
        options.TrustedRoots = server.Certificate.Roots;
    }

    private sealed class Tokens(params string[] tokens) : ISmtpTokenProvider
    {
        public List<bool> Renewals { get; } = [];

        public ValueTask<string> GetTokenAsync(string userName, bool renew, CancellationToken cancellationToken)
        {
            Assert.Equal(NodeSmtpServer.User, userName);
            Renewals.Add(renew);
            return Renewals.Count <= tokens.Length ? new(tokens[Renewals.Count - 1]) : throw new InvalidOperationException("refresh-secret");
        }
    }
}
