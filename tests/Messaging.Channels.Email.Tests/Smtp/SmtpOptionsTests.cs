namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpOptionsTests
{
    [Fact]
    public void Problems_Defaults_LackOnlyTheHost()
    {
        Assert.Equal(["SmtpOptions.Host must be a host name or an IP address, without scheme and port."], SmtpOptionsRules.Problems(new SmtpOptions()));
        Assert.Empty(SmtpOptionsRules.Problems(new SmtpOptions { Host = "mail.example.com" }));
    }

    public static TheoryData<string, Action<SmtpOptions>> Wrong { get; } = new()
    {
        { "Host", options => options.Host = "smtp://mail.example.com" },
        { "Port", options => options.Port = 70000 },
        { "UserName", options => options.Authentication = SmtpAuthentication.XOAuth2 },
        { "TokenProvider", options => (options.UserName, options.Authentication) = ("a", SmtpAuthentication.XOAuth2) },
        { "Password", options => options.UserName = "a" },
        { "Security", options => (options.UserName, options.Password, options.Security) = ("a", "b", SmtpSecurity.None) },
        { "HelloName", options => options.HelloName = "a\r\nRSET" },
        { "HelloName", options => options.HelloName = "a b" },
        { "MaxRecipientsPerTransaction", options => options.MaxRecipientsPerTransaction = 0 },
        { "MaxConnections", options => options.MaxConnections = 257 },
        { "MaxMailsPerConnection", options => options.MaxMailsPerConnection = 0 },
        { "MaxConnectionAge", options => options.MaxConnectionAge = TimeSpan.Zero },
        { "IdleTimeout", options => options.IdleTimeout = TimeSpan.FromHours(2) },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.FromMinutes(6) },
        { "GreetingTimeout", options => options.GreetingTimeout = TimeSpan.Zero },
        { "CommandTimeout", options => options.CommandTimeout = TimeSpan.FromHours(2) },
        { "DataTimeout", options => options.DataTimeout = Timeout.InfiniteTimeSpan },
        { "BlockTimeout", options => options.BlockTimeout = TimeSpan.Zero },
        { "CompletionTimeout", options => options.CompletionTimeout = TimeSpan.FromMilliseconds(1) },
        { "DrainTimeout", options => options.DrainTimeout = TimeSpan.FromHours(1) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Problems_WrongOption_NamesIt(string name, Action<SmtpOptions> break_)
    {
        var options = new SmtpOptions { Host = "mail.example.com" };
        break_(options);

        Assert.StartsWith($"SmtpOptions.{name} ", Assert.Single(SmtpOptionsRules.Problems(options)), StringComparison.Ordinal);
    }
}
