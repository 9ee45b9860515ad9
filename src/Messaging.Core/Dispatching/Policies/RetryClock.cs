namespace Messaging.Dispatching;

/// <summary>Says when to try again: full jitter over the policy's waits, never sooner than a second, and never sooner than the provider asked.</summary>
internal sealed class RetryClock(Func<double>? random = null)
{
    private static readonly TimeSpan s_floor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(5);
    private readonly Func<double> _random = random ?? Random.Shared.NextDouble;

    /// <summary>Returns the next moment.</summary>
    /// <param name="policy">The kind's policy.</param>
    /// <param name="attempts">Attempts made, the failed one included.</param>
    /// <param name="retryAfter">What the provider asked for.</param>
    /// <param name="now">The instant.</param>
    public DateTimeOffset Next(KindPolicy policy, int attempts, TimeSpan? retryAfter, DateTimeOffset now)
    {
        if (retryAfter is { } asked && asked > TimeSpan.Zero)
        {
            return now + Longer(asked, s_floor) + (Shorter(asked / 10, s_most) * _random());
        }

        return now + Longer(policy.RetryAfter[Math.Clamp(attempts - 1, 0, policy.RetryAfter.Count - 1)] * _random(), s_floor);
    }

    /// <summary>Returns a moment within half and the whole of a wait: for what is not the delivery's own failure.</summary>
    public DateTimeOffset Around(TimeSpan wait, DateTimeOffset now) => now + (wait / 2) + (wait / 2 * _random());

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
