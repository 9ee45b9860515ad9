using Messaging.Channels;

namespace Messaging.Testing.Internal;

/// <summary>Puts a <see cref="TestChannel"/> in the place of every channel that the host makes.</summary>
internal sealed class TestChannelDecorator(CaptureLog log, Script script, TimeProvider time) : IChannelDecorator
{
    public IChannel Decorate(IChannel channel, ChannelAccount account) => new TestChannel(channel, account, log, script, time);
}
