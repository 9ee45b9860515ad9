using System.Globalization;
using Messaging.Benchmarks.Hosting;
using Messaging.Benchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Scenarios;

internal sealed class SmtpScenario : IScenario
{
    public string Name => "smtp";

    public string Help => "Multipart mails (text, 8 KB html, non-ASCII subject) through the hub, rendered, into an SMTP sink. --url smtp://127.0.0.1:PORT --n 20000 --connections 8 --rttMs 0 --pipelining on|off --store memory";

    public async Task<ScenarioResult> RunAsync(ScenarioOptions options)
    {
        var url = options.Text("url") ?? throw new ArgumentException("--url smtp://127.0.0.1:PORT is needed: start a sink such as 'smtp-sink -c 127.0.0.1:PORT 1000'.");
        var n = options.Int("n", 20_000);
        var connections = options.Int("connections", 8);
        var rttMs = options.Int("rttMs", 0);
        var pipelining = options.Text("pipelining", "on");
        await using var store = BenchmarkStore.Open(options);
        options.RefuseUnknown();

        var sink = new Uri(url);
        await using var proxy = rttMs > 0 ? DelayingProxy.Start(sink.Host, sink.Port, TimeSpan.FromMilliseconds(rttMs)) : null;
        var port = proxy?.Port ?? sink.Port;
        var connection = string.Create(CultureInfo.InvariantCulture, $"smtp://{sink.Host}:{port}?from=salon@example.com&connections={connections}&pipelining={pipelining}");
        await WarmUp.RunAsync(() => MeasureAsync(store, connection, Math.Min(n, rttMs > 0 ? 200 : 5_000), connections));
        var result = await MeasureAsync(store, connection, n, connections);
        result.Extra["rttMs"] = rttMs;
        result.Extra["connections"] = connections;
        result.Extra["pipelining"] = pipelining;
        return result;
    }

    private static async Task<ScenarioResult> MeasureAsync(BenchmarkStore store, string connection, int n, int connections)
    {
        await using var host = await BenchmarkHost.StartAsync(store, m => m
            .UseBookingTemplates()
            .AddEmail("email", connection)
            .ConfigureDispatcher(o => o.Concurrency = connections * 2));
        GC.Collect();
        var run = new Run();
        await SingleSends.RunAsync(host.Hub, n, 64, LargeMail.Request);
        var wrong = await Settling.WaitAsync(host, n);
        run.Stop();
        return new ScenarioResult(n, run.Seconds) { AllocatedBytes = run.AllocatedBytes, Wrong = wrong };
    }
}
