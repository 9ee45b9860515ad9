using Messaging.Testing;
using Messaging.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Channels.Email;

public sealed class EmailChannelFactoryTests : IDisposable
{
    private readonly TestFolder _folder = new("factory");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_TenantsAccount_ReadsItsConnectionStringAndSettings()
    {
        using var services = Channels.Services(builder => builder.AddEmail("host", "pickup:///nowhere"));
        var account = Tenants($"pickup://{_folder.Path}") with { Settings = new Dictionary<string, string> { ["from"] = "Tenant <tenant@example.com>" } };

        var channel = Factory(services).Create(account);

        Assert.IsType<SendResult.Accepted>(await channel.SendAsync(Some.Message(), default));
        Assert.Contains("From: Tenant <tenant@example.com>", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_folder.Path))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp://u:s3cr3t@h?from=nobody", "", "ConnectionString", "From cannot be used")]
    [InlineData("smtp://u:s3cr3t@h?conections=4", "", "ConnectionString", "Did you mean connections?")]
    [InlineData("s3cr3t", "", "ConnectionString", "must be smtp://")]
    [InlineData("smtp://u:s3cr3t@h", "form", "Settings", "Did you mean from?")]
    public void Create_TenantsAccountWithAMistake_NamesSettingAndFixWithoutTheSecret(string connectionString, string setting, string where, string expected)
    {
        using var services = Channels.Services(builder => builder.AddEmail("host", "pickup:///nowhere"));
        var account = Tenants(connectionString);
        account = setting.Length == 0 ? account : account with { Settings = new Dictionary<string, string> { [setting] = "s3cr3t" } };

        var exception = Assert.Throws<ChannelConfigurationException>(() => Factory(services).Create(account));

        Assert.Equal(("tenants-own", where), (exception.Account, exception.Setting));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_TransportOfAnotherLibrary_IsUsedForTheAccountsItTakes()
    {
        var adapter = new Adapter();
        using var services = Channels.Services(
            builder => builder.AddEmail("theirs", "smtp://mail.example.com?from=a@example.com").AddEmail("ours", $"pickup://{_folder.Path}?from=a@example.com"),
            services => services.AddSingleton<IMailTransportFactory>(adapter));

        var theirs = Factory(services).Create(Channels.Account(services, "theirs"));
        var ours = Factory(services).Create(Channels.Account(services, "ours"));

        Assert.IsType<SendResult.Accepted>(await theirs.SendAsync(Some.Message(), default));
        Assert.IsType<SendResult.Accepted>(await ours.SendAsync(Some.Message(), default));
        Assert.Equal(1, adapter.Sent);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Schemes_Always_AreThoseOfThePackage()
    {
        using var services = Channels.Services(builder => builder.AddEmail("a", "pickup:///d").AddEmail("b", "pickup:///d"));

        var factory = Assert.Single(services.GetServices<IChannelFactory>());
        Assert.Equal(("email", "smtp smtp+starttls smtps pickup"), (factory.Kind, string.Join(' ', factory.Schemes)));
        Assert.Single(services.GetServices<IChannelRules>());
    }

    private static IChannelFactory Factory(IServiceProvider services) => services.GetServices<IChannelFactory>().Single();

    private static ChannelAccount Tenants(string connectionString) => new()
    {
        Name = "tenants-own", Tenant = new TenantId("salon"), Kind = "email", Scheme = "smtp", Version = "1", ConnectionString = Secret.Plain(connectionString),
    };

    private sealed class Adapter : IMailTransportFactory, IMailTransport
    {
        public int Sent { get; private set; }

        public IMailTransport? Create(string account, EmailOptions options) => options.PickupDirectory is null ? this : null;

        public async ValueTask<MailResult> SendAsync(MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken)
        {
            await Mails.WriteAsync(content);
            Sent++;
            return MailResult.ForAll(envelope.Recipients.Count, new(MailRecipientStatus.Accepted, SmtpStage.Content));
        }

        public ValueTask DisposeAsync() => default;
    }
}
