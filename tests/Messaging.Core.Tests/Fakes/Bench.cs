using Messaging.Channels;
using Messaging.Storage;
using Messaging.Sending;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Fakes;

/// <summary>The whole suite over the in-memory store, with captured channels and a clock that the test moves.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Bench(Action<MessagingBuilder>? configure = null, ManualTimeProvider? clock = null)
    {
        Clock = clock ?? new ManualTimeProvider();
        var services = new ServiceCollection();
        services.AddMessaging(m =>
        {
            m.AddMessagingTesting(Clock);
            m.Services.AddSingleton<ITemplateCatalog>(new FakeTemplates());
            configure?.Invoke(m);
            m.Services.AddMemoryMessagingStore();
        });
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public ManualTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public IServiceProvider Services => _services;

    public TestMessaging Test => Get<TestMessaging>();

    public IMessageHub Hub => Get<IMessageHub>();

    public IMessageOperations Operations => Get<IMessageOperations>();

    public IWorkQueue Queue => Get<IWorkQueue>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<int> StepAsync() => Get<IMessageDispatcher>().StepAsync();

    /// <summary>Accepts one raw message to an address.</summary>
    public async Task<DeliveryId> SendAsync(Recipient? to = null, Func<SendRequest, SendRequest>? edit = null)
    {
        var request = new SendRequest { To = to ?? Some.Recipient(), Content = Some.Content() };
        var receipt = await Hub.SendAsync(edit?.Invoke(request) ?? request);
        return receipt.Deliveries[0].Id;
    }

    public async Task<DeliveryRecord> FindAsync(DeliveryId id) =>
        (await Get<IMessageReader>().FindForReceiptAsync(id, "", null, CancellationToken.None))!;

    public async Task<DeliveryState> StateAsync(DeliveryId id) => (await FindAsync(id)).State;

    public async Task<DeliveryStatus> StatusAsync(DeliveryId id) => (await StateAsync(id)).Status;

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(DeliveryId id)
    {
        var record = await FindAsync(id);
        return await Get<IMessageReader>().GetTimelineAsync(record.Delivery.Tenant, id, CancellationToken.None);
    }

    public Task ReportAsync(DeliveryId id, MessageEventType type, string account = "email", Func<ProviderEvent, ProviderEvent>? edit = null)
    {
        var report = new ProviderEvent { Account = account, Key = Guid.NewGuid().ToString(), DeliveryId = id, Type = type, OccurredAt = Now };
        return Get<IInboundSink>().ReportAsync([edit?.Invoke(report) ?? report], CancellationToken.None).AsTask();
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
