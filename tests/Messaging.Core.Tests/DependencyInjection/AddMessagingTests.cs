using Messaging.Contacts;
using Messaging.Core.Fakes;
using Messaging.Sending;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Messaging.DependencyInjection;

public sealed class AddMessagingTests
{
    [Fact]
    public async Task AddMessaging_Alone_SendsOverTheMemoryStore()
    {
        await using var services = new ServiceCollection().AddMessaging().BuildServiceProvider();

        Assert.IsType<MemoryStore>(services.GetRequiredService<IMessageStore>());
        Assert.Equal(TenantId.Default, services.GetRequiredService<IMessageHub>().Tenant);
        Assert.NotNull(services.GetRequiredService<IContacts>());
        Assert.NotNull(services.GetRequiredService<IMessageHistory>());
    }

    [Fact]
    public async Task AddMessaging_ManyTimes_AddsUp()
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.AddFake("email").AddFactory(new FakeChannelFactory()));
        services.AddMessaging();
        services.AddMessaging(m => m.AllowRecipients("@example.com"));
        services.AddMessaging(m => m.AllowRecipients("@example.org").RequireTenant());

        await using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptionsMonitor<MessagingOptions>>().CurrentValue;

        Assert.Equal(["@example.com", "@example.org"], options.AllowedRecipients);
        Assert.True(options.RequireTenant);
        Assert.Equal(provider.GetServices<IHostedService>().DistinctBy(s => s.GetType()).Count(), provider.GetServices<IHostedService>().Count());
        Assert.Equal(SendStatus.Accepted, (await provider.GetRequiredService<IMessageHub>().ForTenant(new TenantId("a")).SendAsync(Some.Request())).Status);
    }

    [Fact]
    public async Task AddMessaging_StoreChosenBeforeOrAfter_CountsEitherWay()
    {
        var own = new MemoryStore(TimeProvider.System);
        foreach (var chosenFirst in new[] { true, false })
        {
            var services = new ServiceCollection();
            services.AddMessaging();
            services.AddMessaging(m =>
            {
                if (chosenFirst)
                {
                    m.UseMemory();
                }

                m.Services.AddSingleton<IMessageStore>(own);
            });
            await using var provider = services.BuildServiceProvider();
            Assert.Same(own, provider.GetRequiredService<IMessageStore>());
        }

        own.Dispose();
    }

    [Fact]
    public async Task UseAttachmentStore_BeforeAndAfterTheStoreOfMessages_Counts()
    {
        foreach (var before in new[] { true, false })
        {
            var services = new ServiceCollection();
            services.AddMessaging(m => _ = before ? m.UseAttachmentStore<FakeAttachmentStore>().UseMemory() : m.UseMemory().UseAttachmentStore<FakeAttachmentStore>());
            await using var provider = services.BuildServiceProvider();
            Assert.IsType<FakeAttachmentStore>(provider.GetRequiredService<AttachmentStores>().Current);
        }
    }

    [Fact]
    public async Task UseDirectory_LastCall_Counts()
    {
        await using var provider = new ServiceCollection().AddMessaging(m => m.UseDirectory<FakeDirectory>()).AddMessaging().BuildServiceProvider();

        Assert.IsType<FakeDirectory>(provider.GetRequiredService<IRecipientDirectory>());
    }

    [Fact]
    public async Task Options_OutOfRange_AreAllNamedWithWhatTheyMayBe()
    {
        await using var provider = new ServiceCollection().AddMessaging(m => m.RedirectAll("dev").AllowRecipients("*").ConfigureTenant("salon", t => t.Locale = "klingon-XX").Configure(o =>
        {
            o.DefaultLocale = "";
            o.TimeZone = "Mars/Olympus";
            o.Environment = " ";
            o.IdempotencyWindow = TimeSpan.Zero;
            o.PastTolerance = TimeSpan.FromHours(2);
            o.MaxSchedule = TimeSpan.Zero;
            o.MaxRecipients = 0;
            o.MaxBodyBytes = 1;
            o.BulkChunkSize = 0;
            o.BulkChunkInterval = TimeSpan.FromHours(1);
            o.Expiry["email"] = TimeSpan.Zero;
            o.Attachments.MaxCount = -1;
            o.Attachments.MaxInlineBytes = -1;
            o.Attachments.MaxTotalBytes = 1;
        })).BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptionsMonitor<MessagingOptions>>().CurrentValue);

        foreach (var name in new[]
        {
            "DefaultLocale", "TimeZone", "Environment", "IdempotencyWindow", "PastTolerance", "MaxSchedule", "MaxRecipients", "MaxBodyBytes", "BulkChunkSize", "BulkChunkInterval",
            "Expiry[email]", "Attachments.MaxCount", "Attachments.MaxInlineBytes", "Attachments.MaxTotalBytes", "RedirectAll", "AllowRecipients", "Tenants[salon].Locale",
        })
        {
            Assert.Contains(error.Failures, f => f.Contains(name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Options_FromConfiguration_AreReadAndReadAgain()
    {
        var source = new Dictionary<string, string?>
        {
            ["M:DefaultLocale"] = "pl",
            ["M:Attachments:MaxBytes"] = "1000",
            ["M:Attachments:MaxTotalBytes"] = "2000",
            ["M:Expiry:email"] = "02:00:00",
            ["M:Tenants:salon:Locale"] = "de",
            ["M:AllowedRecipients:0"] = "@example.com",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(source).Build();
        await using var provider = new ServiceCollection().AddMessaging(m => m.Configure(configuration.GetSection("M"))).BuildServiceProvider();
        var monitor = provider.GetRequiredService<IOptionsMonitor<MessagingOptions>>();

        Assert.Equal(("pl", 1000L, TimeSpan.FromHours(2)), (monitor.CurrentValue.DefaultLocale, monitor.CurrentValue.Attachments.MaxBytes, monitor.CurrentValue.Expiry["email"]));
        Assert.Equal(("de", "@example.com"), (monitor.CurrentValue.Tenants["salon"].Locale, monitor.CurrentValue.AllowedRecipients[0]));
        configuration["M:DefaultLocale"] = "fr";
        configuration.Reload();
        Assert.Equal("fr", monitor.CurrentValue.DefaultLocale);
    }

    [Fact]
    public async Task TenantSettings_OfTheHost_AreAskedOnceAMinuteAndOptionsGoFirst()
    {
        var time = new ManualTimeProvider();
        await using var host = new CoreHost(m => m.UseTenantSettings<HostTenants>().ConfigureTenant("fixed", t => t.Locale = "fr"), time);
        var locales = host.Get<TenantLocales>();
        var tenants = Assert.IsType<HostTenants>(host.Get<ITenantSettings>());

        Assert.Equal(new TenantLocale("de", "Europe/Berlin"), await locales.FindAsync(new TenantId("a"), CancellationToken.None));
        Assert.Equal(new TenantLocale("fr", "Europe/Berlin"), await locales.FindAsync(new TenantId("fixed"), CancellationToken.None));
        await locales.FindAsync(new TenantId("a"), CancellationToken.None);
        Assert.Equal(2, tenants.Asked);
        time.Advance(TimeSpan.FromMinutes(1));
        await locales.FindAsync(new TenantId("a"), CancellationToken.None);
        Assert.Equal(3, tenants.Asked);
        Assert.Equal(new TenantLocale("en", null), await locales.FindAsync(new TenantId("none"), CancellationToken.None));
    }

    [Fact]
    public async Task StartupChecks_TwoAccountsWrong_NamesBoth()
    {
        await using var host = new CoreHost(m => m.AddFake("a").AddFake("b", ChannelKinds.Sms));

        var error = await Assert.ThrowsAsync<AggregateException>(host.StartAsync);

        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
    }

    private sealed class HostTenants : ITenantSettings
    {
        public int Asked { get; private set; }

        public ValueTask<TenantSettings?> FindAsync(TenantId tenant, CancellationToken cancellationToken)
        {
            Asked++;
            return new(tenant.Value == "none" ? null : new TenantSettings { Locale = "de", TimeZone = "Europe/Berlin" });
        }
    }
}
