using Messaging.Testing;

namespace Messaging.Storage.Memory.Limits;

public sealed class MemoryRateLimitStoreTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Acquire_BucketsFillUp_AreForgotten()
    {
        var store = new MemoryRateLimitStore(_time);
        for (var i = 0; i < 1_000; i++)
        {
            await store.AcquireAsync([new RateCharge([new RateBucket($"recipient-{i}", new(1, TimeSpan.FromSeconds(i + 1), 1))])], default);
        }

        Assert.Equal(1_000, store.Count);
        _time.Advance(TimeSpan.FromSeconds(500));
        await store.AcquireAsync([], default);
        Assert.Equal(500, store.Count);
        _time.Advance(TimeSpan.FromSeconds(500));
        await store.AcquireAsync([], default);
        Assert.Equal(0, store.Count);
    }

    [Fact]
    public async Task Acquire_BucketIsUsedAgainBeforeItIsFull_IsKeptUntilThen()
    {
        var store = new MemoryRateLimitStore(_time);
        var charge = new RateCharge([new RateBucket("a", new(1, TimeSpan.FromSeconds(10), 2))]);
        await store.AcquireAsync([charge], default);
        _time.Advance(TimeSpan.FromSeconds(5));
        await store.AcquireAsync([charge], default);
        _time.Advance(TimeSpan.FromSeconds(5));
        await store.AcquireAsync([], default);
        Assert.Equal(1, store.Count);

        _time.Advance(TimeSpan.FromSeconds(10));
        await store.AcquireAsync([], default);
        Assert.Equal(0, store.Count);
    }
}
