namespace Messaging;

/// <summary>The codes that the suite itself puts into a <see cref="Why"/>. Codes never change once released; new ones may come.</summary>
public static class WhyCodes
{
    /// <summary>The request's own <see cref="SendRequest.SendAt"/> lies ahead.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>The same idempotency key and the same request were accepted before.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The same idempotency key was used for another request.</summary>
    public const string Conflict = "conflict";

    /// <summary>The tenant, account or template is paused.</summary>
    public const string Paused = "paused";

    /// <summary>The address or contact must not get messages of this category or kind.</summary>
    public const string Suppressed = "suppressed";

    /// <summary>The recipient got as many messages as the cap allows.</summary>
    public const string FrequencyCap = "frequency_cap";

    /// <summary>It is night where the recipient lives.</summary>
    public const string QuietHours = "quiet_hours";

    /// <summary>The tenant or account used up its quota.</summary>
    public const string Quota = "quota";

    /// <summary>A rate limit asks to wait.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The provider asked to wait.</summary>
    public const string Throttled = "throttled";

    /// <summary>The account's circuit breaker is open.</summary>
    public const string BreakerOpen = "breaker_open";

    /// <summary>An attempt failed in a way that a later one may not.</summary>
    public const string Retry = "retry";

    /// <summary>The provider refused the message.</summary>
    public const string Rejected = "rejected";

    /// <summary>All attempts are used up.</summary>
    public const string AttemptsExhausted = "attempts_exhausted";

    /// <summary>The work was claimed again and again without an end: it may be what kills the process.</summary>
    public const string Poison = "poison";

    /// <summary>The call broke after bytes had left: the provider may or may not have the message.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>The time until which sending made sense has passed.</summary>
    public const string Expired = "expired";

    /// <summary>Somebody cancelled it.</summary>
    public const string Canceled = "canceled";

    /// <summary>The staging guard does not let this address through.</summary>
    public const string NotAllowed = "not_allowed";

    /// <summary>An earlier step of the plan reached the recipient.</summary>
    public const string StoodDown = "stood_down";

    /// <summary>The content could not be rendered at the time of sending.</summary>
    public const string RenderFailed = "render_failed";

    /// <summary>The account that the delivery names no longer exists.</summary>
    public const string AccountMissing = "account_missing";

    /// <summary>The account that the delivery names cannot be used: its settings are wrong, or its credential cannot be opened.</summary>
    public const string AccountInvalid = "account_invalid";

    /// <summary>An account could not send; another one of its group is tried.</summary>
    public const string FailedOver = "failed_over";

    /// <summary>The request was staged in the host's transaction, and could not be accepted once that was committed.</summary>
    public const string IntakeFailed = "intake_failed";

    /// <summary>A provider's report is about something that was never handed to it: it is kept, and proves nothing.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>The store carries another environment's stamp.</summary>
    public const string EnvironmentMismatch = "environment_mismatch";
}
