using Messaging.Channels;

namespace Messaging.Benchmarks.Hosting;

internal sealed class CountingChannelFactory(IChannel channel) : IChannelFactory
{
    public string Kind => ChannelKinds.Email;

    public IReadOnlyList<string> Schemes { get; } = ["counting"];

    public IChannel Create(ChannelAccount account) => channel;
}
