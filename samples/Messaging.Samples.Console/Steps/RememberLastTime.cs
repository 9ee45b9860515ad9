using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Shows what the journal kept of earlier runs.</summary>
public static class RememberLastTime
{
    public static async Task RunAsync(SampleContext salon)
    {
        SampleContext.Title("What happened before this run");
        var before = await salon.History.CountAsync(new StatisticsQuery { Tenant = TenantId.Default });
        if (before.Total == 0)
        {
            AnsiConsole.MarkupLine("  [grey]Nothing yet. Run the sample once more, and this run shows up here.[/]");
            return;
        }

        AnsiConsole.MarkupLineInterpolated($"  [green]{before.Total:N0}[/] deliveries, {before[DeliveryStatus.Sent]:N0} of them sent, {before[DeliveryStatus.Scheduled]:N0} still waiting. The latest:");
        var latest = await salon.History.QueryAsync(new DeliveryQuery { Tenant = TenantId.Default, Limit = 3 });
        foreach (var delivery in latest.Items)
        {
            AnsiConsole.MarkupLineInterpolated($"  {delivery.AcceptedAt.ToLocalTime():yyyy-MM-dd HH:mm:ss} {delivery.Category} through {delivery.Account}: [yellow]{delivery.Status}[/]");
        }
    }
}
