namespace Messaging.Channels;

/// <summary>How an account is picked among several, before limits and breaker.</summary>
public enum AccountSelection
{
    /// <summary>The first whose breaker is closed.</summary>
    Failover,

    /// <summary>One after the other.</summary>
    RoundRobin,

    /// <summary>The same one for the same recipient, as long as it can send.</summary>
    Sticky,

    /// <summary>By <see cref="ChannelAccount.Weight"/>.</summary>
    Weighted,
}
