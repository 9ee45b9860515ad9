using System.Diagnostics;
using Messaging.Benchmarks.Hosting;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>Waits until every delivery is settled, and checks it against the statistics.</summary>
internal static class Settling
{
    /// <returns>What is wrong; <see langword="null"/> when all are sent.</returns>
    public static async Task<string?> WaitAsync(BenchmarkHost host, long n, TenantId? tenant = null)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var query = new StatisticsQuery { Tenant = tenant ?? TenantId.Default };
        while (true)
        {
            var asked = Stopwatch.GetTimestamp();
            var statistics = await host.History.CountAsync(query, timeout.Token);
            if (statistics[DeliveryStatus.Sent] >= n)
            {
                return statistics[DeliveryStatus.Sent] == n ? null : $"{statistics[DeliveryStatus.Sent]} are sent, {n} were expected";
            }

            if (timeout.IsCancellationRequested)
            {
                return $"only {statistics[DeliveryStatus.Sent]} of {n} are settled";
            }

            // Counting is work for a database: it gets most of the time to settle instead.
            await Task.Delay(1 + (int)(10 * Stopwatch.GetElapsedTime(asked).TotalMilliseconds), CancellationToken.None);
        }
    }
}
