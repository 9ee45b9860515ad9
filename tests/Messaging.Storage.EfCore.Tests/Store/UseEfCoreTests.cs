using Messaging.Storage.EfCore.Migrating;
using Messaging.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Messaging.Storage.EfCore.Store;

public sealed class UseEfCoreTests
{
    [Fact]
    public async Task UseEfCore_AfterAndBeforeOtherCalls_SendsThroughTheDatabase()
    {
        await using var database = await Database.EmptyAsync();
        var services = new ServiceCollection();
        services.AddMessaging(m => m.UseMemory());
        services.AddMessaging(m => m.UseEfCore(o => o.UseNpgsql(database.ConnectionString)).AddTestChannel("email"));
        services.AddMessaging(m => m.AddMessagingTesting());
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        foreach (var start in provider.GetServices<IHostedService>().OfType<SchemaStart>())
        {
            await start.StartingAsync(default);
        }

        var receipt = await provider.GetRequiredService<IMessageHub>().SendAsync(Some.Request());
        await provider.GetRequiredService<TestMessaging>().DrainAsync();

        Assert.IsType<EfCoreStore>(provider.GetRequiredService<IMessageStore>());
        Assert.IsType<EfCoreRateLimitStore>(provider.GetRequiredService<IRateLimitStore>());
        Assert.IsType<EfCoreAttachmentStore>(provider.GetRequiredService<IAttachmentStore>());
        var delivery = await provider.GetRequiredService<IMessageHistory>().GetAsync(TenantId.Default, receipt.Deliveries[0].Id);
        Assert.Equal(DeliveryStatus.Sent, delivery!.Summary.Status);
        Assert.Equal("Sent", await database.ScalarAsync("SELECT status FROM messaging.delivery_list"));
    }

    [Fact]
    public async Task Host_WithoutSchemaAndNotAllowedToMakeIt_DoesNotStart()
    {
        await using var database = await Database.EmptyAsync();
        var services = new ServiceCollection();
        services.AddMessaging(m => m.UseEfCore(o => o.UseNpgsql(database.ConnectionString), o => o.MigrateAtStart = false));
        await using var provider = services.BuildServiceProvider();
        var start = Assert.Single(provider.GetServices<IHostedService>().OfType<SchemaStart>());

        var error = await Assert.ThrowsAsync<MessagingSchemaException>(() => start.StartingAsync(default));

        Assert.Equal(SchemaProblem.Missing, error.Problem);
    }

    [Fact]
    public async Task Host_WithAnotherStoreChosenAfterIt_DoesNotLookAtTheDatabase()
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.UseEfCore(o => o.UseNpgsql("Host=nowhere")).UseEfCore(o => o.UseNpgsql("Host=nowhere")).UseMemory());
        await using var provider = services.BuildServiceProvider();

        await Assert.Single(provider.GetServices<IHostedService>().OfType<SchemaStart>()).StartingAsync(default);

        Assert.IsNotType<EfCoreStore>(provider.GetRequiredService<IMessageStore>());
    }

    [Fact]
    public void Options_PollIntervalOutOfRange_IsRefusedByName()
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.UseEfCore(o => o.UseNpgsql("Host=nowhere"), o => o.PollInterval = TimeSpan.FromHours(1)));
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<EfCoreStoreOptions>>().Value);

        Assert.Contains("PollInterval", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_TwoStoresAtOnce_EachKeyIsAcceptedOnce()
    {
        await using var database = await Database.CurrentAsync();
        await using var one = Host(database);
        await using var two = Host(database);
        var hubs = new[] { one, two }.Select(host => host.GetRequiredService<IMessageHub>()).ToArray();

        var receipts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => hubs[i % 2].SendAsync(
            Some.Request() with { To = Recipient.Email("anna@example.com"), IdempotencyKey = $"k{i / 4}" }))));

        Assert.Equal(10, receipts.Count(receipt => receipt.Status == SendStatus.Accepted));
        Assert.Equal(30, receipts.Count(receipt => receipt.Status == SendStatus.Duplicate));
        Assert.Equal(10L, await database.ScalarAsync("SELECT count(*) FROM messaging.deliveries"));
    }

    private static ServiceProvider Host(Database database)
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.UseEfCore(o => o.UseNpgsql(database.ConnectionString, npgsql => npgsql.EnableRetryOnFailure())).AddTestChannel("email"));
        return services.BuildServiceProvider();
    }
}
