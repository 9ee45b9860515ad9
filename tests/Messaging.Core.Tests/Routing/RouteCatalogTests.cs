using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Routing;

public sealed class RouteCatalogTests
{
    [Fact]
    public async Task Find_RouteAndBroadcast_AreDifferentTypes()
    {
        await using var host = Host(m => m
            .AddRoute("urgent", r => r.Try("sms", within: TimeSpan.FromMinutes(5)).Then("email"))
            .AddBroadcast("all", "email", "sms"));
        await host.StartAsync();
        var catalog = host.Get<IRouteCatalog>();

        var urgent = Assert.IsType<Route.Fallback>(catalog.Find("urgent"));
        Assert.Equal([("sms", TimeSpan.FromMinutes(5)), ("email", null)], urgent.Steps.Select(s => (s.Channel, s.Within)));
        Assert.IsType<Route.Broadcast>(catalog.Find("all"));
        Assert.Null(catalog.Find("none"));
        Assert.Equal(["all", "urgent"], catalog.Names);
    }

    [Fact]
    public async Task StartAsync_StepOfUnknownChannel_NamesRouteStepAndWhatThereIs()
    {
        await using var host = Host(m => m.AddRoute("urgent", r => r.Try("telegram").Then("email")));

        var e = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.Contains("'urgent'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'telegram'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Registered: email, text", e.Message, StringComparison.Ordinal);
        Assert.Contains("Messaging.Channels.Telegram", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_KindThatOnlyTenantsHaveAccountsOf_IsAccepted()
    {
        await using var host = Host(m => m.AddFactory(new FakeChannelFactory(ChannelKinds.WhatsApp) { Schemes = ["test-wa"] }).AddRoute("urgent", r => r.Try("whatsapp").Then("email")));

        await host.StartAsync();
    }

    [Fact]
    public async Task StartAsync_SameRouteTwice_IsAnError()
    {
        await using var host = Host(m => m.AddRoute("urgent", r => r.Try("email")).AddBroadcast("urgent", "email"));

        Assert.Contains("twice", (await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_NoSteps_IsAnError()
    {
        await using var host = Host(m => m.AddRoute("urgent", _ => { }));

        Assert.Contains("no steps", (await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(31)]
    public async Task StartAsync_TimeForProofOutOfRange_IsAnError(int days)
    {
        await using var host = Host(m => m.AddRoute("urgent", r => r.Try("email", within: TimeSpan.FromDays(days))));

        Assert.Contains("within", (await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync)).Message, StringComparison.Ordinal);
    }

    private static CoreHost Host(Action<MessagingBuilder> configure) => new(m =>
    {
        configure(m.AddFactory(new FakeChannelFactory()).AddFactory(new FakeChannelFactory(ChannelKinds.Sms) { Schemes = ["test-sms"] })
            .AddFake("email").AddFake("text", ChannelKinds.Sms, a => a with { Scheme = "test-sms" }));
    });
}
