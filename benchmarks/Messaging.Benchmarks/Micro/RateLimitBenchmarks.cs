using BenchmarkDotNet.Attributes;
using Messaging.Channels;
using Messaging.Storage;
using Messaging.Storage.Memory;

namespace Messaging.Benchmarks.Micro;

[MemoryDiagnoser]
public class RateLimitBenchmarks
{
    private const int Keys = 100_000;
    private static readonly RateLimit Plenty = new(1_000_000_000, TimeSpan.FromSeconds(1), 1_000_000_000);
    private readonly MemoryRateLimitStore _store = new(TimeProvider.System);
    private readonly RateCharge[][] _charges = [.. Enumerable.Range(0, Keys).Select(i => new[]
    {
        new RateCharge([new RateBucket("tenant", Plenty), new RateBucket("account", Plenty), new RateBucket($"recipient:{i}", Plenty)]),
    })];

    private int _next;

    [GlobalSetup]
    public async Task CheckAsync()
    {
        var store = new MemoryRateLimitStore(TimeProvider.System);
        RateCharge[] once = [new RateCharge([new RateBucket("k", new RateLimit(1, TimeSpan.FromHours(1), 1))])];
        if (!(await store.AcquireAsync(once, CancellationToken.None))[0].Granted || (await store.AcquireAsync(once, CancellationToken.None))[0].Granted)
        {
            throw new InvalidOperationException("The limiter does not limit.");
        }
    }

    [Benchmark(Baseline = true)]
    public async ValueTask<bool> OneRecipient() => (await _store.AcquireAsync(_charges[0], CancellationToken.None))[0].Granted;

    [Benchmark]
    public async ValueTask<bool> ManyRecipients() => (await _store.AcquireAsync(_charges[_next++ % Keys], CancellationToken.None))[0].Granted;
}
