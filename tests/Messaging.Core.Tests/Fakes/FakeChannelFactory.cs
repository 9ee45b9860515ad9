using System.Collections.Concurrent;
using Messaging.Channels;

namespace Messaging.Core.Fakes;

/// <summary>Makes <see cref="FakeChannel"/>s for the scheme <c>test</c> and one kind.</summary>
internal sealed class FakeChannelFactory(string kind = ChannelKinds.Email) : IChannelFactory
{
    public string Kind { get; } = kind;

    public IReadOnlyList<string> Schemes { get; init; } = ["test"];

    public ChannelCapabilities Capabilities { get; set; } = new() { Kind = kind };

    public ConcurrentQueue<FakeChannel> Made { get; } = new();

    public Action<FakeChannel>? OnMade { get; set; }

    public Func<OutboundMessage, CancellationToken, ValueTask<SendResult>>? OnSend { get; set; }

    /// <summary>The newest channel of an account.</summary>
    public FakeChannel this[string account] => Made.Last(c => c.Account.Name == account);

    public IChannel Create(ChannelAccount account)
    {
        var channel = new FakeChannel(account, Capabilities);
        if (OnSend is not null)
        {
            channel.OnSend = OnSend;
        }

        OnMade?.Invoke(channel);
        Made.Enqueue(channel);
        return channel;
    }
}
