namespace Messaging.Gates;

/// <summary>Counts the candidates of one tenant against its quota.</summary>
internal sealed class QuotaCount(List<GateCandidate> candidates, int? perDay, int? perMonth, DateTimeOffset now, bool counts)
{
    /// <summary>Gets a value indicating whether what passes is used up.</summary>
    public bool Counts => counts;

    /// <summary>Decides for every candidate.</summary>
    /// <returns>The usage with what passes; <see langword="null"/> when nothing does.</returns>
    public QuotaUsage? Decide(QuotaUsage? before, TenantId tenant)
    {
        var usage = (before ?? new QuotaUsage { Tenant = tenant }).On(DateOnly.FromDateTime(now.UtcDateTime));
        var left = Math.Min((perDay ?? int.MaxValue) - usage.Today, (perMonth ?? int.MaxValue) - usage.ThisMonth);
        var passed = counts ? Math.Clamp(left, 0, candidates.Count) : left > 0 ? candidates.Count : 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            candidates[i].Reset();
            if (i >= passed)
            {
                candidates[i].Defer(usage.ThisMonth + passed >= perMonth ? Month() : Day());
            }
        }

        return passed == 0 ? null : usage with { Today = usage.Today + passed, ThisMonth = usage.ThisMonth + passed };
    }

    private Why Day() => new(WhyCodes.Quota, $"The tenant used up its quota of {perDay} messages a day.", Midnight(now.UtcDateTime.Date.AddDays(1)));

    private Why Month() => new(
        WhyCodes.Quota, $"The tenant used up its quota of {perMonth} messages a month.", Midnight(new DateTime(now.UtcDateTime.Year, now.UtcDateTime.Month, 1).AddMonths(1)));

    private static DateTimeOffset Midnight(DateTime day) => new(day, TimeSpan.Zero);
}
