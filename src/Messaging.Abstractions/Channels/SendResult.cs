namespace Messaging.Channels;

/// <summary>What the provider said. A refusal is an answer, not an exception.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>
    /// Gets each recipient's own result where a delivery has more than one and they differ; otherwise empty. Who is not ready yet is tried
    /// again, alone: see <see cref="OutboundMessage.OnlyFor"/>.
    /// </summary>
    public IReadOnlyList<RecipientResult> Recipients { get; init; } = [];

    /// <summary>The provider has the message.</summary>
    /// <param name="ProviderId">The provider's id, by which receipts name it; <see langword="null"/> when it gives none.</param>
    public sealed record Accepted(string? ProviderId) : SendResult;

    /// <summary>The provider will not take the message as it is.</summary>
    /// <param name="Reason">The kind of refusal.</param>
    /// <param name="Scope">Whose fault it is.</param>
    /// <param name="ProviderCode">The provider's own code, such as <c>550 5.1.1</c>.</param>
    /// <param name="ProviderText">The provider's own words, free of addresses.</param>
    public sealed record Rejected(RejectionReason Reason, FailureScope Scope, string? ProviderCode, string ProviderText) : SendResult;

    /// <summary>The provider, or the way to it, is not ready: a later attempt may succeed.</summary>
    /// <param name="RetryAfter">The wait that the provider asked for; <see langword="null"/> when it named none. Never negative.</param>
    /// <param name="Scope">What is to wait: the message, the address, the sender or the whole account.</param>
    /// <param name="ProviderCode">The provider's own code.</param>
    /// <param name="ProviderText">The provider's own words, free of addresses.</param>
    public sealed record Throttled(TimeSpan? RetryAfter, FailureScope Scope, string? ProviderCode, string ProviderText) : SendResult;

    /// <summary>Failed before the first byte that could deliver left; retrying cannot duplicate.</summary>
    /// <param name="Why">What failed.</param>
    /// <param name="Scope">Whose fault it is; <see cref="FailureScope.Account"/> counts against the breaker.</param>
    public sealed record NotSent(string Why, FailureScope Scope = FailureScope.Account) : SendResult;

    /// <summary>Broke after bytes left; the provider may or may not have it.</summary>
    /// <param name="Why">What broke.</param>
    public sealed record Unconfirmed(string Why) : SendResult;
}
