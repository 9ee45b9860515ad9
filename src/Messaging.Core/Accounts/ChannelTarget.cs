namespace Messaging.Channels;

/// <summary>What a channel name stands for.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The medium.</param>
/// <param name="Accounts">The accounts, in order of preference; one or more.</param>
/// <param name="Selection">How one of them is picked for an attempt.</param>
/// <param name="Capabilities">What the accounts can carry; of several, the first one's.</param>
internal sealed record ChannelTarget(
    string Name, string Kind, IReadOnlyList<ChannelAccount> Accounts, AccountSelection Selection, ChannelCapabilities Capabilities);
