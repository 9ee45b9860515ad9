namespace Messaging.Benchmarks.Measuring;

/// <summary>How many milliseconds half of something took at most, and 99 of 100, and all; not numbers when there was nothing.</summary>
internal readonly record struct Percentiles(double P50Ms, double P99Ms, double MaxMs)
{
    /// <summary>Sorts what was measured.</summary>
    public static Percentiles Of(List<double> milliseconds)
    {
        milliseconds.Sort();
        return new(At(milliseconds, 0.50), At(milliseconds, 0.99), At(milliseconds, 1));
    }

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
