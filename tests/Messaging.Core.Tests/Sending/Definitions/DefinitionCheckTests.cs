using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class DefinitionCheckTests
{
    [Fact]
    public async Task CheckAsync_EverythingThere_IsSilent()
    {
        await using var host = Host(MessageDefinition.Create<Booking>("confirmed", channel: "email"), m => m.AddTemplate("confirmed", "email", "Hi {Name}", "{Date}"));

        await host.StartAsync();
    }

    [Fact]
    public async Task CheckAsync_EverythingWrong_IsSaidAtOnceWithTheFix()
    {
        await using var host = Host(
            m => m
                .AddMessages(
                    MessageDefinition.Create<Booking>("confirmd", channel: "email"),
                    MessageDefinition.Create<Booking>("confirmed", channel: "emial"),
                    MessageDefinition.Create<Booking>("confirmed", route: "urgnt"),
                    MessageDefinition.Create<Booking>("confirmed", channel: "sms"),
                    MessageDefinition.Create<Booking>("mistaken", channel: "email"))
                .AddRoute("urgent", r => r.Try("email"))
                .AddTemplate("confirmed", "email", text: "Hi {Name}")
                .AddTemplate("mistaken", "email", text: "Hi {Nmae} {Surname} {Name}"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);

        Assert.Equal(5, error.Message.Split(System.Environment.NewLine).Length);
        Assert.Contains("'confirmd' has no template of that code. Did you mean 'confirmed'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("'confirmed': Did you mean 'email'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("the route 'urgnt', which does not exist. Did you mean 'urgent'?", error.Message, StringComparison.Ordinal);
        Assert.Contains("'confirmed' goes on 'sms', and its template is written for email only", error.Message, StringComparison.Ordinal);
        Assert.Contains("'mistaken' (email, default) reads Nmae, Surname, which Booking does not have. It has: Name, Date.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_Lenient_MissesNoVariable()
    {
        await using var host = Host(
            MessageDefinition.Create<Booking>("confirmed", channel: "email"),
            m => m.AddTemplate("confirmed", "email", text: "{Nmae}").ConfigureTemplates(o => o.Strict = false));

        await host.StartAsync();
    }

    [Fact]
    public async Task CheckAsync_AccountsComeAtRunTime_MissesNoChannel()
    {
        await using var host = Host(
            MessageDefinition.Create<Booking>("confirmed", channel: "own"),
            m => m.AddTemplate("confirmed", "email", text: "{Name}").Services.AddSingleton<IChannelAccounts>(new FakeAccounts()));

        await host.StartAsync();
    }

    [Fact]
    public async Task CheckAsync_StoreOfTemplatesDoesNotAnswer_StopsNoHost()
    {
        await using var host = Host(MessageDefinition.Create<Booking>("confirmed", channel: "email"), m => m.AddTemplateProvider<Silent>());

        await host.StartAsync();
    }

    private static CoreHost Host(MessageDefinition definition, Action<MessagingBuilder> configure) => Host(m => configure(m.AddMessages(definition)));

    private static CoreHost Host(Action<MessagingBuilder> configure) => new(m =>
    {
        m.AddFake("email").AddFactory(new FakeChannelFactory());
        m.AddFake("sms", ChannelKinds.Sms, a => a with { Scheme = "test-sms" }).AddFactory(new FakeChannelFactory(ChannelKinds.Sms) { Schemes = ["test-sms"] });
        m.Services.AddSingleton<ITemplateEngine, BraceEngine>();
        configure(m);
    });

    private sealed record Booking(string Name, string Date);

    private sealed class Silent : ITemplateProvider
    {
        public ValueTask<TemplateVersion?> FindAsync(TenantId? tenant, string code, string kind, string locale, int? version, CancellationToken cancellationToken) =>
            throw new TimeoutException();

        public IAsyncEnumerable<TemplateVersion> ListAsync(CancellationToken cancellationToken) => throw new TimeoutException();

        public ValueTask<IReadOnlyDictionary<string, string>> GetPartialsAsync(TenantId? tenant, CancellationToken cancellationToken) =>
            new(new Dictionary<string, string>());

        public Microsoft.Extensions.Primitives.IChangeToken? Watch() => null;
    }
}
