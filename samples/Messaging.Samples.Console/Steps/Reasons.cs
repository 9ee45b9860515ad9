using Spectre.Console;

namespace Messaging.Samples.Steps;

/// <summary>Shows why deliveries stand where they stand.</summary>
internal static class Reasons
{
    public static void Show(IEnumerable<DeliverySummary> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            AnsiConsole.MarkupLineInterpolated($"  [yellow]{delivery.Status}[/]: {delivery.Why?.Text ?? "all is well"} [grey]({delivery.Why?.Code ?? "-"}, until {delivery.Why?.Until?.ToLocalTime().ToString("HH:mm:ss") ?? "-"})[/]");
        }
    }
}
