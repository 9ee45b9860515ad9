using Messaging.Gates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.EndToEnd;

/// <summary>The whole suite over the in-memory store, as a user's own tests have it: e-mail and SMS, captured.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestHost(Action<MessagingBuilder>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddMessaging(m => m.AddTestChannel("email").AddTestChannel("sms"));
        services.AddMessaging(configure);
        services.AddMessagingTesting(Clock);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public ManualTimeProvider Clock { get; } = new();

    public DateTimeOffset Now => Clock.Now;

    public IMessageHub Hub => Get<IMessageHub>();

    public IMessageHistory History => Get<IMessageHistory>();

    public IMessageOperations Operations => Get<IMessageOperations>();

    public ISuppressions Suppressions => Get<ISuppressions>();

    public TestMessaging Messaging => Get<TestMessaging>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Sends a request and does all the work that is due.</summary>
    public async Task<SendReceipt> SendAsync(SendRequest? request = null)
    {
        var receipt = await Hub.SendAsync(request ?? Some.Request());
        await Messaging.DrainAsync();
        return receipt;
    }

    /// <summary>Reads the first delivery of a receipt.</summary>
    public async Task<DeliveryDetails> ReadAsync(SendReceipt receipt) =>
        (await History.GetAsync(TenantId.Default, receipt.Deliveries[0].Id))!;

    public async Task<DeliveryStatus> StatusAsync(SendReceipt receipt) => (await ReadAsync(receipt)).Summary.Status;

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
