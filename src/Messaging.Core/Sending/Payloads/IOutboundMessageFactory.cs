using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Makes what a channel gets of what the store kept: decodes, renders what was not rendered at accept, and degrades what the channel lacks.</summary>
internal interface IOutboundMessageFactory
{
    /// <summary>Makes the message. Never throws for bad content: that is an answer.</summary>
    ValueTask<OutboundBuild> BuildAsync(DeliveryRecord record, ChannelCapabilities capabilities, CancellationToken cancellationToken);
}
