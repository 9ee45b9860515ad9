using System.Threading.RateLimiting;

namespace Messaging.Channels;

/// <summary>What the host decides about one account besides what its channel package asks for.</summary>
public sealed class AccountOptions
{
    /// <summary>Gets or sets the limits. What is <see langword="null"/> falls back to the limits of all accounts, then to those that the channel declares.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public AccountLimits? Limits { get; set; }

    /// <summary>Gets or sets how to get a limiter of the host's own, asked once for each message after <see cref="Limits"/>. The host disposes it.</summary>
    /// <value>The default is <see langword="null"/>: none. Its <c>RetryAfter</c> metadata is honoured; a refusal without one waits for a second.</value>
    public Func<IServiceProvider, RateLimiter>? Limiter { get; set; }

    /// <summary>Gets or sets the most provider calls at one time on this account.</summary>
    /// <value>Between 1 and 1,000; the default is <see langword="null"/>: that of the dispatcher.</value>
    public int? Concurrency { get; set; }
}
