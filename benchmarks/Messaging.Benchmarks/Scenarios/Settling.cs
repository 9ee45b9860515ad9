using System.Diagnostics;
using Messaging.Benchmarks.Hosting;
using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Scenarios;

/// <summary>Waits until every delivery is settled, and checks it against the statistics.</summary>
internal static class Settling
{
    /// <summary>Waits until nothing is ready, claimed or parked. That is a look at the queue alone: counting what became of everything would take part of the time measured.</summary>
    public static async Task EmptyAsync(BenchmarkHost host)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var queue = host.Services.GetRequiredService<IWorkQueue>();
        while (await queue.MeasureAsync(timeout.Token) is { Ready: > 0 } or { Leased: > 0 } or { Parked: > 0 })
        {
            await Task.Delay(2, timeout.Token);
        }
    }

    /// <summary>Checks deliveries that are all settled against the statistics.</summary>
    /// <returns>What is wrong; <see langword="null"/> when all are sent.</returns>
    public static async Task<string?> CheckAsync(BenchmarkHost host, long n)
    {
        var statistics = await host.History.CountAsync(new StatisticsQuery { Tenant = TenantId.Default }, CancellationToken.None);
        return statistics[DeliveryStatus.Sent] == n ? null : $"{statistics[DeliveryStatus.Sent]} are sent, {n} were expected";
    }

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
            await Task.Delay(Math.Min(5_000, 1 + (int)(10 * Stopwatch.GetElapsedTime(asked).TotalMilliseconds)), CancellationToken.None);
        }
    }
}
