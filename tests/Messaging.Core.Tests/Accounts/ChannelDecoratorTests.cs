using Messaging.Core.Fakes;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Channels;

public sealed class ChannelDecoratorTests
{
    [Fact]
    public async Task Decorate_SeveralRegistered_TheFirstIsInnermost()
    {
        var order = new List<string>();
        await using var host = new CoreHost(m => m.AddFactory(new FakeChannelFactory()).AddFake("email"));
        var factories = new ChannelFactories(
            host.Services.GetServices<IChannelFactory>(), [new Decorator("inner", order), new Decorator("outer", order)], host.Get<ICredentialProtector>());

        await factories.Create(Some.Account()).SendAsync(Some.Message(), default);

        Assert.Equal(["outer", "inner"], order);
    }

    private sealed class Decorator(string name, List<string> order) : IChannelDecorator
    {
        public IChannel Decorate(IChannel channel, ChannelAccount account) => new Wrapper(name, order, channel);
    }

    private sealed class Wrapper(string name, List<string> order, IChannel inner) : IChannel
    {
        public ChannelCapabilities Capabilities => inner.Capabilities;

        public ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
        {
            order.Add(name);
            return inner.SendAsync(message, cancellationToken);
        }
    }
}
