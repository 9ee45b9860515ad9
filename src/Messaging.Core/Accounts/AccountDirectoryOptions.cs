namespace Messaging.Channels;

/// <summary>How long accounts that come from a database are remembered, and how many channels are kept alive.</summary>
public sealed class AccountDirectoryOptions
{
    /// <summary>Gets or sets how long an answer of <see cref="IChannelAccounts"/> is used, also that there is no such account. After it a change takes effect.</summary>
    /// <value>Between 1 s and 1 h; the default is 30 s. While a new answer is fetched the old one is used for as long again.</value>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the most answers that are remembered.</summary>
    /// <value>Between 100 and 1,000,000; the default is 20,000.</value>
    public int CacheSize { get; set; } = 20_000;

    /// <summary>Gets or sets the most channels that are kept alive; beyond it the one that was not used for the longest time is drained and disposed.</summary>
    /// <value>Between 1 and 100,000; the default is 1,000.</value>
    public int MaxLiveChannels { get; set; } = 1_000;
}
