namespace Messaging.Channels;

/// <summary>Wraps every live channel as it is made: for logging, for a sandbox, for capture in tests. Registered as a service.</summary>
public interface IChannelDecorator
{
    /// <summary>Wraps a channel. What is returned makes at most one provider call for one send, and disposes what it wraps.</summary>
    /// <param name="channel">The channel, or what a decorator that was registered earlier made of it.</param>
    /// <param name="account">The account.</param>
    IChannel Decorate(IChannel channel, ChannelAccount account);
}
