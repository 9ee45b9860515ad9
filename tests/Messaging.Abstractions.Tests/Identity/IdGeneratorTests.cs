using System.Collections.Concurrent;

namespace Messaging.Identity;

public sealed class IdGeneratorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Next_AnyMoment_HasVersionVariantAndTime()
    {
        var id = new IdGenerator(new FixedTime(Noon)).Next();

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        Assert.Equal(Noon.ToUnixTimeMilliseconds(), Milliseconds(id));
    }

    [Fact]
    public void Next_ManyInOneMillisecond_GrowAndBorrowFromTheNext()
    {
        var ids = new IdGenerator(new FixedTime(Noon));
        var made = Enumerable.Range(0, 10_000).Select(_ => ids.Next()).ToArray();

        Assert.Equal(made.Order(), made);
        Assert.Equal(made.Length, made.Distinct().Count());
        Assert.Equal(Noon.ToUnixTimeMilliseconds() + (9_999 / 4_096), Milliseconds(made[^1]));
    }

    [Fact]
    public void Next_ManyOverManyDays_SortAlikeAsValueTextAndBytes()
    {
        var time = new FixedTime(Noon);
        var ids = new IdGenerator(time);
        var made = Enumerable.Range(0, 2_000).Select(i => (time.Now += TimeSpan.FromMilliseconds(i * 977L), ids.Next()).Item2).ToArray();

        Assert.Equal(made.Order(), made);
        Assert.Equal(made.OrderBy(id => id.ToString(), StringComparer.Ordinal), made);
        Assert.Equal(made.OrderBy(id => Convert.ToHexString(id.ToByteArray(bigEndian: true)), StringComparer.Ordinal), made);
    }

    [Fact]
    public void Next_ClockSetBack_StillGrows()
    {
        var time = new FixedTime(Noon);
        var ids = new IdGenerator(time);
        var before = ids.Next();
        time.Now = Noon.AddHours(-1);

        Assert.True(ids.Next() > before);
    }

    [Fact]
    public void Next_FromManyThreads_NeverRepeats()
    {
        var ids = new IdGenerator(new FixedTime(Noon));
        var made = new ConcurrentBag<Guid>();
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                made.Add(ids.Next());
            }
        });

        Assert.Equal(40_000, made.Distinct().Count());
    }

    private static long Milliseconds(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        return ((long)bytes[0] << 40) | ((long)bytes[1] << 32) | ((long)bytes[2] << 24) | ((long)bytes[3] << 16) | ((long)bytes[4] << 8) | bytes[5];
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
