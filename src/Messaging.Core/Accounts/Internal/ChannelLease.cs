namespace Messaging.Channels;

/// <summary>The right to use a live channel; it is not disposed before this is.</summary>
internal readonly struct ChannelLease(LiveChannel live) : IDisposable
{
    public IChannel Channel => live.Channel;

    public void Dispose() => live?.Release();
}
