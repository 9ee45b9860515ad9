using System.Buffers;
using System.Diagnostics;
using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;
using Messaging.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class RenderScenario : IScenario
{
    public string Name => "render";

    public string Help => "The 2 KB booking mail (subject, text, html): first rendering, then from the cache on one thread. --n 1000000";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var n = options.Int("n", 1_000_000);
        options.RefuseUnknown();

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMessaging(m => m.UseBookingTemplates());
        await using var provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<ITemplateCatalog>();
        var data = BookingMail.Definition.To(Recipient.Email(Numbers.Address(0)), BookingMail.Number(0)).Template!.Data;
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

        var cold = Stopwatch.GetTimestamp();
        var bytes = await RenderAsync(catalog, data, zone, output);
        var coldMs = Stopwatch.GetElapsedTime(cold).TotalMilliseconds;
        await RepeatAsync(catalog, data, zone, output, Math.Min(n, 200_000));

        var run = new Run();
        await RepeatAsync(catalog, data, zone, output, n);
        run.Stop();
        return new ScenarioResult(n, run.Seconds)
        {
            AllocatedBytes = run.AllocatedBytes,
            Wrong = bytes is > 1_900 and < 6_000 ? null : $"the mail has {bytes} bytes",
            Extra = { ["coldMs"] = coldMs, ["cachedUs"] = run.Seconds * 1e6 / n, ["mailBytes"] = bytes },
        };
    }

    private static async ValueTask RepeatAsync(ITemplateCatalog catalog, TemplateData data, TimeZoneInfo zone, ArrayBufferWriter<byte> output, int n)
    {
        for (var i = 0; i < n; i++)
        {
            await RenderAsync(catalog, data, zone, output);
        }
    }

    private static async ValueTask<int> RenderAsync(ITemplateCatalog catalog, TemplateData data, TimeZoneInfo zone, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        var template = await catalog.ResolveAsync(TenantId.Default, "booking_confirmed", ChannelKinds.Email, "pl-PL", null, CancellationToken.None)
            ?? throw new InvalidOperationException("The booking template is missing.");
        var lengths = template.Render(data, "pl-PL", zone, output);
        return lengths.Subject + lengths.Text + lengths.Html;
    }
}
