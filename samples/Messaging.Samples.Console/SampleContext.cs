using Messaging.Gates;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Messaging.Samples;

/// <summary>What every step uses: the suite's services, and a way to show things.</summary>
public sealed class SampleContext(IServiceProvider services, SampleOptions options)
{
    public SampleOptions Options => options;

    public IMessageHub Hub { get; } = services.GetRequiredService<IMessageHub>();

    public IMessageHistory History { get; } = services.GetRequiredService<IMessageHistory>();

    public ISuppressions Suppressions { get; } = services.GetRequiredService<ISuppressions>();

    /// <summary>The delivery that the last steps look at.</summary>
    public DeliveryId? Interesting { get; set; }

    public static void Title(string text) => AnsiConsole.Write(new Rule($"[bold]{text}[/]") { Justification = Justify.Left });

    /// <summary>Waits until a message's deliveries are where the step wants them.</summary>
    public async Task<DeliveryStatistics> WaitAsync(MessageId message, Func<DeliveryStatistics, bool> reached)
    {
        while (true)
        {
            var statistics = await History.CountAsync(new StatisticsQuery { Tenant = TenantId.Default, MessageId = message });
            if (reached(statistics))
            {
                return statistics;
            }

            await Task.Delay(20);
        }
    }
}
