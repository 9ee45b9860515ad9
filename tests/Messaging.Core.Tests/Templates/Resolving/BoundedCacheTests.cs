namespace Messaging.Templates.Resolving;

public sealed class BoundedCacheTests
{
    [Fact]
    public void Set_OverTheBound_DropsWhatWasNotUsedForLongest()
    {
        var cache = new BoundedCache<int, string>(() => 16);
        for (var i = 0; i < 16; i++)
        {
            cache.Set(i, $"{i}");
        }

        Assert.True(cache.TryGet(0, out _));
        cache.Set(16, "16");

        Assert.True(cache.TryGet(0, out var used));
        Assert.Equal("0", used);
        Assert.False(cache.TryGet(1, out _));
        Assert.True(cache.TryGet(16, out _));
        Assert.InRange(cache.Count, 14, 16);
    }

    [Fact]
    public async Task Set_ByManyAtOnce_StaysNearTheBound()
    {
        var cache = new BoundedCache<int, string>(() => 100);

        await Parallel.ForAsync(0, 20_000, (i, _) =>
        {
            cache.Set(i, "x");
            cache.TryGet(i / 2, out string? _);
            return ValueTask.CompletedTask;
        });

        Assert.InRange(cache.Count, 1, 110);
    }

    [Fact]
    public void RemoveWhere_SomeKeys_KeepsTheOthers()
    {
        var cache = new BoundedCache<int, string>(() => 16);
        cache.Set(1, "odd");
        cache.Set(2, "even");

        cache.RemoveWhere(key => key % 2 == 1);

        Assert.False(cache.TryGet(1, out _));
        Assert.True(cache.TryGet(2, out _));
    }
}
