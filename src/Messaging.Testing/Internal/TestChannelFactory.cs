using Messaging.Channels;

namespace Messaging.Testing.Internal;

/// <summary>Makes the channel of one account that exists in tests only.</summary>
internal sealed class TestChannelFactory(string name, ChannelCapabilities capabilities) : IChannelFactory
{
    public string Kind => capabilities.Kind;

    public IReadOnlyList<string> Schemes => [SchemeOf(name)];

    public static string SchemeOf(string name) => "test-" + name;

    public IChannel Create(ChannelAccount account) => new Taker(capabilities);

    private sealed class Taker(ChannelCapabilities capabilities) : IChannel
    {
        public ChannelCapabilities Capabilities => capabilities;

        public ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken) =>
            new(new SendResult.Accepted($"test-{message.DeliveryId}-{message.Attempt}"));
    }
}
