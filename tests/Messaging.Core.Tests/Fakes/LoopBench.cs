using System.Collections.Concurrent;
using Messaging.Channels;
using Messaging.Dispatching;
using Messaging.Sending;
using Messaging.Storage;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Messaging.Core.Fakes;

/// <summary>The dispatcher in the background, over the in-memory store, with channels that the test holds in its hands.</summary>
internal sealed class LoopBench : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly CoreHost _host;
    private readonly MessageDispatcher _dispatcher;
    private readonly SemaphoreSlim _calls = new(0);

    public LoopBench(Action<MessagingBuilder>? configure = null, ManualTimeProvider? time = null, Action<IServiceCollection>? before = null)
    {
        _host = new CoreHost(
            m =>
            {
                before?.Invoke(m.Services);
                m.AddFactory(Email).AddFake("email").AddFake("other");
                m.AddFactory(Sms).AddFake("sms", ChannelKinds.Sms, a => a with { Scheme = "test-sms" });
                m.Services.AddSingleton<ITemplateCatalog>(new FakeTemplates());
                configure?.Invoke(m);
            },
            time);
        Email.OnSend = CallAsync;
        Sms.OnSend = CallAsync;
        _dispatcher = _host.Services.GetServices<IHostedService>().OfType<MessageDispatcher>().Single();
    }

    public FakeChannelFactory Email { get; } = new() { Capabilities = new() { Kind = ChannelKinds.Email, Subject = true, Html = true, ExtraRecipients = true, MaxRecipients = 10 } };

    public FakeChannelFactory Sms { get; } = new(ChannelKinds.Sms) { Schemes = ["test-sms"], Capabilities = new() { Kind = ChannelKinds.Sms, BestProof = MessageEventType.Delivered } };

    /// <summary>Answers calls; by default the provider takes everything at once.</summary>
    public Func<OutboundMessage, CancellationToken, ValueTask<SendResult>> OnSend { get; set; } = (_, _) => new(new SendResult.Accepted(Guid.NewGuid().ToString()));

    /// <summary>Every call, by delivery.</summary>
    public ConcurrentQueue<OutboundMessage> Calls { get; } = new();

    public ManualTimeProvider Clock => _host.Time;

    public T Get<T>()
        where T : notnull => _host.Get<T>();

    public Task StartAsync() => _dispatcher.StartAsync(CancellationToken.None).WaitAsync(s_patience);

    public Task StopAsync() => _dispatcher.StopAsync(CancellationToken.None).WaitAsync(s_patience);

    /// <summary>Waits until so many further calls have begun.</summary>
    public async Task CallsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.True(await _calls.WaitAsync(s_patience), $"Call {i + 1} of {count} did not come.");
        }
    }

    public async Task<DeliveryId> SendAsync(string channel = "email", MessagePriority priority = MessagePriority.Normal, TenantId? tenant = null)
    {
        var to = Some.Recipient(channel == "sms" ? ChannelKinds.Sms : ChannelKinds.Email);
        var receipt = await Get<IMessageHub>().SendAsync(new SendRequest { To = to, Content = Some.Content(), Channel = channel, Priority = priority, Tenant = tenant });
        return receipt.Deliveries[0].Id;
    }

    public async Task<DeliveryState> StateAsync(DeliveryId id) =>
        (await Get<IMessageReader>().FindForReceiptAsync(id, "", null, CancellationToken.None))!.State;

    public async Task<QueueDepth> DepthAsync() => await Get<IWorkQueue>().MeasureAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _calls.Dispose();
    }

    private async ValueTask<SendResult> CallAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        Calls.Enqueue(message);
        _calls.Release();
        return await OnSend(message, cancellationToken);
    }
}
