namespace Messaging;

/// <summary>Typed extras of one kind of channel, such as headers of a mail. Kept with the message as plain properties.</summary>
public interface IChannelExtras
{
    /// <summary>Gets the kind that understands them; every other kind ignores them.</summary>
    string Kind { get; }

    /// <summary>Writes the extras as properties that the kind's channel reads back from <see cref="Channels.OutboundMessage.Extras"/>.</summary>
    void WriteTo(IDictionary<string, string> properties);
}
