namespace Messaging.Dispatching;

/// <summary>How deliveries of one kind are tried again.</summary>
internal sealed record KindPolicy
{
    private static readonly TimeSpan[] s_email = [.. new[] { 1, 5, 15, 30, 60 }.Select(m => TimeSpan.FromMinutes(m))];
    private static readonly TimeSpan[] s_other = [.. new[] { 5, 10, 20, 60, 120, 300, 600 }.Select(s => TimeSpan.FromSeconds(s))];

    public required IReadOnlyList<TimeSpan> RetryAfter { get; init; }

    public required int MaxAttempts { get; init; }

    public required UnknownOutcome UnknownOutcome { get; init; }

    public required bool FailOverUnconfirmed { get; init; }

    public required TimeSpan AttemptTimeout { get; init; }

    public static KindPolicy Of(string kind, KindOptions options)
    {
        var email = kind == ChannelKinds.Email;
        return new KindPolicy
        {
            RetryAfter = options.RetryAfter ?? (email ? s_email : s_other),
            MaxAttempts = options.MaxAttempts ?? (email ? 200 : 8),
            UnknownOutcome = options.UnknownOutcome ?? (kind is ChannelKinds.Sms or ChannelKinds.Voice ? UnknownOutcome.Park : UnknownOutcome.Retry),
            FailOverUnconfirmed = options.FailOverUnconfirmed ?? false,
            AttemptTimeout = options.AttemptTimeout ?? (email ? TimeSpan.FromMinutes(15) : TimeSpan.FromMinutes(2)),
        };
    }
}
