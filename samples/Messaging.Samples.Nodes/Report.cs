using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Samples.Nodes;

/// <summary>Says where all deliveries stand, now and once nothing is left to do.</summary>
public static class Report
{
    public static async Task RunAsync(IServiceProvider services)
    {
        var (history, since) = (services.GetRequiredService<IMessageHistory>(), Stopwatch.StartNew());
        var counts = await CountAsync(history);
        Console.WriteLine($"now:          {Describe(counts)}");
        while (counts.Total == 0 || counts.Settled < counts.Total)
        {
            await Task.Delay(50);
            counts = await CountAsync(history);
        }

        Console.WriteLine($"{since.Elapsed.TotalSeconds,4:0.0} s later: {Describe(counts)}");
    }

    private static Task<DeliveryStatistics> CountAsync(IMessageHistory history) =>
        history.CountAsync(new StatisticsQuery { Tenant = TenantId.Default });

    private static string Describe(DeliveryStatistics counts) =>
        string.Join(", ", counts.ByStatus.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"));
}
