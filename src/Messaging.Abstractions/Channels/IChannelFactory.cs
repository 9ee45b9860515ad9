namespace Messaging.Channels;

/// <summary>What a channel package registers: makes live channels of accounts.</summary>
public interface IChannelFactory
{
    /// <summary>Gets the medium.</summary>
    string Kind { get; }

    /// <summary>Gets the schemes of connection strings that the factory understands, such as <c>smtp</c>.</summary>
    IReadOnlyList<string> Schemes { get; }

    /// <summary>Makes a channel. Opens no connection.</summary>
    /// <param name="account">The account, its secret already opened.</param>
    /// <exception cref="ChannelConfigurationException">The account's settings are wrong; the text names the setting and the fix.</exception>
    IChannel Create(ChannelAccount account);
}
