using System.Reflection;
using Messaging.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Channels.Email;

public sealed class EmailOptionsTests
{
    private const string Secret = "s3cr3t";

    [Fact]
    public void ConnectionString_Everything_SetsOptions()
    {
        var options = Read(
            "smtp+starttls://anna:p%40ss@mail.example.com:2525?from=Salon%20<salon@example.com>&returnPath=bounces@example.com&messageIdDomain=id.example"
            + "&maxMessageBytes=5000&maxRecipients=7&notify=success,failure&pipelining=off&chunking=false&connections=3&hello=me.example"
            + "&dkimDomain=example.com&dkimSelector=s1&dkimKeyPath=/keys/dkim.pem");

        Assert.Equal(("mail.example.com", 2525, SmtpSecurity.StartTls), (options.Smtp.Host, options.Smtp.Port, options.Smtp.Security));
        Assert.Equal(("anna", "p@ss", 3, "me.example"), (options.Smtp.UserName, options.Smtp.Password, options.Smtp.MaxConnections, options.Smtp.HelloName));
        Assert.Equal((false, false), (options.Smtp.Pipelining, options.Smtp.Chunking));
        Assert.Equal(("Salon <salon@example.com>", "bounces@example.com", "id.example"), (options.From, options.ReturnPath, options.MessageIdDomain));
        Assert.Equal((5000L, 7, DsnNotify.Success | DsnNotify.Failure), (options.MaxMessageBytes, options.MaxRecipients, options.Notify));
        Assert.Equal(("example.com", "s1", "/keys/dkim.pem"), (options.Dkim!.Domain, options.Dkim.Selector, options.Dkim.PrivateKeyPath));
    }

    [Theory]
    [InlineData("pickup:///var/mails", "/var/mails")]
    [InlineData("pickup:///var/my%20mails?from=a@example.com", "/var/my mails")]
    [InlineData("pickup:mails/out", "mails/out")]
    [InlineData("pickup://./mails", "./mails")]
    public void ConnectionString_Pickup_NamesTheDirectory(string text, string directory) => Assert.Equal(directory, Read(text).PickupDirectory);

    [Theory]
    [InlineData("smtp://h", "smtp")]
    [InlineData("smtp://u:p@h", "smtp+starttls")]
    [InlineData("smtp://h?tls=auto", "smtp")]
    [InlineData("smtps://h", "smtps")]
    [InlineData("smtp+starttls://h", "smtp+starttls")]
    [InlineData("pickup:///d", "pickup")]
    public void Scheme_Options_IsOneThatTheFactoryKnows(string text, string scheme)
    {
        Assert.Equal(scheme, Read(text).Scheme);
        Assert.Contains(scheme, EmailSchemes.All);
    }

    [Theory]
    [InlineData($"smtp://u:{Secret}@h?conections=4", "Did you mean connections?")]
    [InlineData($"smtp://u:{Secret}@h?form=a@b", "Did you mean from?")]
    [InlineData($"smtp://u:{Secret}@h?colour=red", "unknown parameter. Known are from, returnPath")]
    [InlineData($"smtp://u:{Secret}@h?from=nobody", "From cannot be used: it has no @")]
    [InlineData($"smtp://u:{Secret}@h?returnPath=x", "ReturnPath cannot be used: it has no @")]
    [InlineData($"smtp://u:{Secret}@h?messageIdDomain=a..b", "MessageIdDomain cannot be used")]
    [InlineData($"smtp://u:{Secret}@h?maxMessageBytes=many", "maxMessageBytes in the connection string must be a number")]
    [InlineData($"smtp://u:{Secret}@h?maxMessageBytes=5", "MaxMessageBytes")]
    [InlineData($"smtp://u:{Secret}@h?maxRecipients=0", "MaxRecipients")]
    [InlineData($"smtp://u:{Secret}@h?notify=sometimes", "notify in the connection string must be never")]
    [InlineData($"smtp://u:{Secret}@h?pipelining=maybe", "pipelining in the connection string must be on or off")]
    [InlineData($"smtp://u:{Secret}@h:port", "The port of the SMTP connection string")]
    [InlineData($"smtp://u:{Secret}@", "The host of the SMTP connection string")]
    [InlineData($"smtp://u:{Secret}@h?auth=xoauth2", "TokenProvider is missing")]
    [InlineData($"smtp://u:{Secret}@h?tls=none", "clear text")]
    [InlineData($"imap://u:{Secret}@h", "must be smtp://, smtp+starttls://, smtps:// or pickup:///")]
    [InlineData(Secret, "must be smtp://, smtp+starttls://, smtps:// or pickup:///")]
    [InlineData("pickup://", "names no directory")]
    [InlineData("pickup:///d?from", "name=value")]
    [InlineData($"smtp://u:{Secret}@h?dkimDomain=example.com", "Dkim.Selector cannot be used")]
    [InlineData($"smtp://u:{Secret}@h?dkimDomain=e.com&dkimSelector=s", "Set either Dkim.PrivateKey or Dkim.PrivateKeyPath")]
    [InlineData($"smtp://u:{Secret}@h?dkimDomain=e.com&dkimSelector=s&dkimKey={Secret}", "The DKIM key cannot be read")]
    [InlineData($"smtp://u:{Secret}@h?dkimDomain=e.com&dkimSelector=s&dkimKeyPath=/no/such/{Secret}", "Dkim.PrivateKeyPath cannot be read")]
    public void Startup_Mistake_NamesAccountOptionAndFixWithoutTheSecret(string connectionString, string expected)
    {
        var problems = Channels.Problems(builder => builder.AddEmail("email-eu", connectionString));

        Assert.Contains(expected, problems, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problems, StringComparison.Ordinal);
        Assert.DoesNotContain("://u:", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Startup_SeveralMistakes_AreAllNamed()
    {
        var problems = Channels.Problems(builder => builder.AddEmail("email", options =>
        {
            options.From = "nobody";
            options.Dkim = new() { Domain = "e..com" };
        }));

        Assert.Contains("E-mail account 'email': Nothing says where mails go.", problems, StringComparison.Ordinal);
        Assert.Contains("E-mail account 'email': From cannot be used", problems, StringComparison.Ordinal);
        Assert.Contains("E-mail account 'email': Dkim.Domain cannot be used", problems, StringComparison.Ordinal);
        Assert.Contains("E-mail account 'email': Set either Dkim.PrivateKey", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Startup_GoodAccounts_AreSilent() => Assert.Empty(Channels.Problems(builder => builder
        .AddEmail("a", "smtp://user:secret@mail.example.com:587?from=a@example.com")
        .AddEmail("b", "pickup:///tmp/mails")
        .AddEmail("c", options => (options.Smtp.Host, options.Smtp.Security, options.Dkim) = ("mail.example.com", SmtpSecurity.Tls, DkimKeys.Options))));

    [Fact]
    public void Startup_WeakKey_IsRefused()
    {
        using var weak = System.Security.Cryptography.RSA.Create(512);
        var problems = Channels.Problems(builder => builder.AddEmail("a", options =>
        {
            options.PickupDirectory = "d";
            options.Dkim = new() { Domain = "e.com", Selector = "s", PrivateKey = weak.ExportPkcs8PrivateKeyPem() };
        }));

        Assert.Contains("The DKIM key has 512 bits", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Startup_PublicKeyInThePlaceOfThePrivateOne_IsRefused()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(1024);
        var problems = Channels.Problems(builder => builder.AddEmail("a", options =>
        {
            options.PickupDirectory = "d";
            options.Dkim = new() { Domain = "e.com", Selector = "s", PrivateKey = rsa.ExportSubjectPublicKeyInfoPem() };
        }));

        Assert.Contains("The DKIM key cannot be read", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_Everything_SetsOptions()
    {
        var section = Section(new()
        {
            ["ConnectionString"] = "smtp://user:secret@mail.example.com",
            ["From"] = "Salon <salon@example.com>",
            ["ReturnPath"] = "<>",
            ["MaxMessageBytes"] = "5000",
            ["Notify"] = "Failure",
            ["Return"] = "Headers",
            ["Smtp:MaxConnections"] = "3",
            ["Smtp:IdleTimeout"] = "00:00:10",
            ["Dkim:Domain"] = "example.com",
            ["Dkim:Selector"] = "s1",
            ["Dkim:PrivateKey"] = DkimKeys.Pem,
            ["Dkim:Headers:0"] = "Subject",
        });
        using var services = Channels.Services(builder => builder.AddEmail("email", section));

        var options = services.GetRequiredService<IOptionsMonitor<EmailOptions>>().Get("email");

        Assert.Equal(("mail.example.com", 3, TimeSpan.FromSeconds(10)), (options.Smtp.Host, options.Smtp.MaxConnections, options.Smtp.IdleTimeout));
        Assert.Equal(("Salon <salon@example.com>", "<>", 5000L), (options.From, options.ReturnPath, options.MaxMessageBytes));
        Assert.Equal((DsnNotify.Failure, DsnReturn.Headers, "example.com"), (options.Notify, options.Return, options.Dkim!.Domain));
        Assert.Equal(["Subject"], options.Dkim.Headers!);
    }

    [Fact]
    public void Section_PlainValue_IsAConnectionString()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Email", "pickup:///d")]).Build();
        using var services = Channels.Services(builder => builder.AddEmail("email", configuration.GetSection("Email")));

        Assert.Equal("/d", services.GetRequiredService<IOptionsMonitor<EmailOptions>>().Get("email").PickupDirectory);
    }

    [Theory]
    [InlineData("Conection", "x", "Conection")]
    [InlineData("Smtp:Pasword", Secret, "Pasword")]
    [InlineData("Smtp:Port", "many", "Port")]
    public void Section_Mistake_StopsTheHostByName(string key, string value, string expected)
    {
        var section = Section(new() { ["PickupDirectory"] = "d", [key] = value });

        var problems = Channels.Problems(builder => builder.AddEmail("email", section));

        Assert.Contains("E-mail account 'email'", problems, StringComparison.Ordinal);
        Assert.Contains(expected, problems, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_Changed_MakesANewVersionOfTheAccount()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("E:PickupDirectory", "old")]).Build();
        using var services = Channels.Services(builder => builder.AddEmail("email", configuration.GetSection("E")));
        var registration = services.GetServices<AccountRegistration>().Single();
        var (before, changes) = (registration.Describe(services), 0);
        using var listening = registration.OnChange!(services, () => changes++);

        configuration["E:PickupDirectory"] = "new";
        configuration.Reload();

        Assert.Equal(1, changes);
        Assert.NotEqual(before.Version, registration.Describe(services).Version);
        Assert.Equal("new", services.GetRequiredService<IOptionsMonitor<EmailOptions>>().Get("email").PickupDirectory);
    }

    [Theory]
    [InlineData(typeof(EmailOptions), typeof(EmailSection), "")]
    [InlineData(typeof(DkimOptions), typeof(DkimSection), "")]
    [InlineData(typeof(SmtpOptions), typeof(SmtpSection), "TokenProvider TrustedRoots CertificateValidation ClientCertificates ProtocolLog")]
    public void Sections_Always_HaveWhatTheOptionsHave(Type options, Type section, string byCode) => Assert.Equal(
        Names(options).Except(byCode.Split(' ')).Order(StringComparer.Ordinal), Names(section).Order(StringComparer.Ordinal));

    [Fact]
    public void TokenProvider_OfTheHost_IsFoundByNameOrForAll()
    {
        var (all, own) = (new Tokens(), new Tokens());
        using var services = Channels.Services(
            builder => builder.AddEmail("all", "smtps://u@h?auth=xoauth2").AddEmail("own", "smtps://u@h?auth=xoauth2").AddEmail("password", "smtps://u:p@h"),
            services => services.AddSingleton<ISmtpTokenProvider>(all).AddKeyedSingleton<ISmtpTokenProvider>("own", own));
        var monitor = services.GetRequiredService<IOptionsMonitor<EmailOptions>>();

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Same(all, monitor.Get("all").Smtp.TokenProvider);
        Assert.Same(own, monitor.Get("own").Smtp.TokenProvider);
        Assert.Null(monitor.Get("password").Smtp.TokenProvider);
    }

    private static EmailOptions Read(string connectionString)
    {
        var options = new EmailOptions();
        Assert.Null(EmailConnectionString.Apply(connectionString, options));
        return options;
    }

    private static IConfigurationSection Section(Dictionary<string, string?> values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Email:{pair.Key}", pair.Value))).Build().GetSection("Email");

    private static IEnumerable<string> Names(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name);

    private sealed class Tokens : ISmtpTokenProvider
    {
        public ValueTask<string> GetTokenAsync(string userName, bool renew, CancellationToken cancellationToken) => new("token");
    }
}
