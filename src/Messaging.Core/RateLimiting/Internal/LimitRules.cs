using Messaging.Channels;

namespace Messaging.RateLimiting;

/// <summary>What a limit may be.</summary>
internal static class LimitRules
{
    /// <summary>The most messages a day that can be counted exactly.</summary>
    public const int MaxPerDay = 2_000_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(31);

    public static OptionsCheck Check(OptionsCheck check, string name, AccountLimits? limits)
    {
        Check(check, $"{name}.Account", limits?.Account);
        Check(check, $"{name}.Recipient", limits?.Recipient);
        return check.Range($"{name}.PerDay", limits?.PerDay, 1, MaxPerDay);
    }

    public static OptionsCheck Check(OptionsCheck check, string name, RateLimit? limit) => check
        .Range($"{name}.Permits", limit?.Permits, 1, 1_000_000)
        .Range($"{name}.Burst", limit?.Burst, 1, 1_000_000)
        .Range($"{name}.Period", limit?.Period, TimeSpan.FromMilliseconds(1), s_longest);
}
