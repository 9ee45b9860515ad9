using System.Text;

namespace Messaging.Storage.Memory.Rows;

public sealed class SeededHashTests
{
    [Fact]
    public void Of_LengthsSaltsAndSmallChanges_Differ()
    {
        var keys = Enumerable.Range(0, 40).Select(length => new byte[length])
            .Concat(Enumerable.Range(0, 2_000).Select(i => Encoding.UTF8.GetBytes($"anna{i}@example.com"))).ToList();

        var hash = new KeyHash();
        Assert.Equal(keys.Count * 2, keys.SelectMany(key => new[] { hash.Of(key), hash.Of(key, 1) }).Distinct().Count());
        Assert.InRange(keys.Select(key => SeededHash.Of(key)).Distinct().Count(), keys.Count - 3, keys.Count);
    }

    [Fact]
    public void Of_ManyIds_SpreadsEvenly()
    {
        var ids = new IdGenerator(TimeProvider.System);
        var parts = Enumerable.Range(0, 256_000).Select(_ => SeededHash.Of(ids.Next()) % 256).GroupBy(part => part).Select(group => group.Count()).ToList();

        Assert.Equal(256, parts.Count);
        Assert.All(parts, count => Assert.InRange(count, 800, 1_200));
    }
}
