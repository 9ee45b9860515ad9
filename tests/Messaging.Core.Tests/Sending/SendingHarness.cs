using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

/// <summary>The hub over the in-memory store, with channels and templates that the test decides on, and nobody who sends.</summary>
internal sealed class SendingHarness : IAsyncDisposable
{
    private readonly CoreHost _host;

    public SendingHarness(Action<MessagingBuilder>? configure = null)
    {
        _host = new CoreHost(
            builder =>
            {
                builder.AddFake("email").AddFactory(Email);
                builder.AddFake("sms", ChannelKinds.Sms, a => a with { Scheme = "test-sms" }).AddFactory(Sms);
                builder.AddFake("telegram", ChannelKinds.Telegram, a => a with { Scheme = "test-telegram" }).AddFactory(Telegram);
                builder.Services.AddSingleton<ITemplateCatalog>(Templates);
                builder.Services.AddSingleton<Messaging.Dispatching.IImmediateSender>(Immediate);
                configure?.Invoke(builder);
            },
            Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeTemplates Templates { get; } = new();

    public FakeImmediateSender Immediate { get; } = new();

    public FakeChannelFactory Email { get; } = new()
    {
        Capabilities = new() { Kind = ChannelKinds.Email, Subject = true, Html = true, Attachments = true, ExtraRecipients = true, MaxRecipients = 10 },
    };

    public FakeChannelFactory Sms { get; } = new(ChannelKinds.Sms)
    {
        Schemes = ["test-sms"],
        Capabilities = new() { Kind = ChannelKinds.Sms, MaxTextLength = 160, BestProof = MessageEventType.Delivered },
    };

    public FakeChannelFactory Telegram { get; } = new(ChannelKinds.Telegram)
    {
        Schemes = ["test-telegram"],
        Capabilities = new() { Kind = ChannelKinds.Telegram, Html = true, Actions = true, BestProof = MessageEventType.Read },
    };

    public IMessageHub Hub => _host.Get<IMessageHub>();

    public IMessageReader Reader => _host.Get<IMessageReader>();

    public T Get<T>()
        where T : notnull => _host.Get<T>();

    /// <summary>Sends, and returns the only delivery as the store has it.</summary>
    public async Task<DeliveryRecord> AcceptAsync(SendRequest request)
    {
        var receipt = await Hub.SendAsync(request);
        return await RecordAsync(Assert.Single(receipt.Deliveries).Id, request.Tenant);
    }

    public async Task<DeliveryRecord> RecordAsync(DeliveryId id, TenantId? tenant = null)
    {
        var record = await Reader.GetDeliveryAsync(tenant ?? TenantId.Default, id, CancellationToken.None);
        Assert.NotNull(record);
        return record;
    }

    /// <summary>Returns what a channel would get of a delivery.</summary>
    public async Task<OutboundMessage> BuildAsync(DeliveryRecord record, ChannelCapabilities? capabilities = null)
    {
        var build = await TryBuildAsync(record, capabilities);
        Assert.Null(build.Failure);
        return build.Message!;
    }

    public async Task<OutboundBuild> TryBuildAsync(DeliveryRecord record, ChannelCapabilities? capabilities = null) =>
        await Get<IOutboundMessageFactory>().BuildAsync(record, capabilities ?? Capabilities(record.Delivery.Address.Kind), CancellationToken.None);

    public ChannelCapabilities Capabilities(string kind) => kind switch
    {
        ChannelKinds.Sms => Sms.Capabilities,
        ChannelKinds.Telegram => Telegram.Capabilities,
        _ => Email.Capabilities,
    };

    public async Task SuppressAsync(Address address) => await Get<ISuppressions>().AddAsync(
        new Suppression { Tenant = TenantId.Default, Address = address, Reason = SuppressionReason.Manual, Source = "test" });

    /// <summary>Asserts that a request is refused for one reason, and that nothing was stored.</summary>
    public async Task RefusesAsync(SendRequest request, string field, string code)
    {
        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => Hub.SendAsync(request));
        Assert.Equal([(field, code)], refusal.Problems.Select(p => (p.Field, p.Code)));
        Assert.All(refusal.Problems, p => Assert.EndsWith(".", p.Text, StringComparison.Ordinal));
        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
        await AssertNothingStoredAsync();
        var explained = await Hub.ExplainAsync(request);
        Assert.Equal(refusal.Problems, explained.Problems);
    }

    public async Task AssertNothingStoredAsync(TenantId? tenant = null)
    {
        var statistics = await Reader.CountAsync(new StatisticsQuery { Tenant = tenant ?? TenantId.Default }, CancellationToken.None);
        Assert.Equal(0, statistics.Total);
    }

    public async Task<long> CountAsync(TenantId? tenant = null) =>
        (await Reader.CountAsync(new StatisticsQuery { Tenant = tenant ?? TenantId.Default }, CancellationToken.None)).Total;

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
