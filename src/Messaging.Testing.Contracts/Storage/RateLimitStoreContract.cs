using FsCheck;
using FsCheck.Fluent;
using Messaging.Channels;
using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>The promises of <see cref="IRateLimitStore"/>. Derive once per store.</summary>
public abstract class RateLimitStoreContract : StoreContract
{
    private static readonly RateLimit OnePerSecond = new(1, TimeSpan.FromSeconds(1), 3);

    /// <summary>Gets how many random streams of charges the test of the bound tries.</summary>
    protected virtual int BoundRuns => 100;

    [Fact]
    public async Task Acquire_BurstThenSteady_GrantsAndSaysTheExactMoment()
    {
        var granted = await AcquireAsync(Charge("a"), Charge("a"), Charge("a"), Charge("a"));

        Assert.Equal([true, true, true, false], granted.Select(decision => decision.Granted));
        Assert.Equal((Now.AddSeconds(1), 0), (granted[3].RetryAt, granted[3].LimitedBy));
        Assert.Equal((Now, -1), (granted[0].RetryAt, granted[0].LimitedBy));

        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(999));
        Assert.False((await AcquireAsync(Charge("a")))[0].Granted);
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal([true, false], (await AcquireAsync(Charge("a"), Charge("a"))).Select(decision => decision.Granted));
    }

    [Fact]
    public async Task Acquire_OtherKeys_DoNotCount()
    {
        await AcquireAsync(Charge("a"), Charge("a"), Charge("a"));

        Assert.Equal([false, true, true], (await AcquireAsync(Charge("a"), Charge("b"), Charge("A"))).Select(decision => decision.Granted));
    }

    [Fact]
    public async Task Acquire_OneBucketIsEmpty_NoneIsCharged()
    {
        await AcquireAsync(Charge("full"), Charge("full"), Charge("full"));

        var refused = (await AcquireAsync(Charge("free", "full")))[0];
        Assert.Equal((false, 1), (refused.Granted, refused.LimitedBy));

        Assert.Equal(
            [true, true, true, false],
            (await AcquireAsync(Charge("free"), Charge("free"), Charge("free"), Charge("free"))).Select(decision => decision.Granted));
    }

    [Fact]
    public async Task Acquire_SeveralBucketsAreEmpty_TheSlowestSaysWhen()
    {
        var slow = new RateBucket("slow", new RateLimit(1, TimeSpan.FromMinutes(1), 1));
        var fast = new RateBucket("fast", new RateLimit(1, TimeSpan.FromSeconds(1), 1));
        await AcquireAsync(new RateCharge([slow, fast]));

        var refused = (await AcquireAsync(new RateCharge([fast, slow])))[0];
        Assert.Equal((false, Now.AddMinutes(1), 1), (refused.Granted, refused.RetryAt, refused.LimitedBy));

        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.True((await AcquireAsync(new RateCharge([fast, slow])))[0].Granted);
    }

    [Fact]
    public async Task Acquire_LongPause_GivesNoMoreThanTheBurst()
    {
        await AcquireAsync(Charge("a"), Charge("a"), Charge("a"));
        await Fixture.AdvanceAsync(TimeSpan.FromDays(30));

        Assert.Equal(
            [true, true, true, false],
            (await AcquireAsync(Charge("a"), Charge("a"), Charge("a"), Charge("a"))).Select(decision => decision.Granted));
    }

    [Fact]
    public async Task Acquire_LimitIsWidened_OldDebtDoesNotLast()
    {
        var narrow = new RateLimit(1, TimeSpan.FromDays(1), 1);
        await AcquireAsync(new RateCharge([new RateBucket("a", narrow)]));
        Assert.Equal(Now.AddDays(1), (await AcquireAsync(new RateCharge([new RateBucket("a", narrow)])))[0].RetryAt);

        var wide = (await AcquireAsync(Charge("a")))[0];

        Assert.True(wide.RetryAt <= Now.AddSeconds(1));
    }

    [Fact]
    public async Task Acquire_NoBuckets_IsGranted() => Assert.True((await AcquireAsync(new RateCharge([])))[0].Granted);

    [Fact]
    public async Task Acquire_OneBucketTwiceInACharge_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => AcquireAsync(Charge("a", "a")));

    [Fact]
    public async Task Acquire_ManyCallersAtOnce_GetNoMoreThanTheBurst()
    {
        var limit = new RateLimit(1, TimeSpan.FromHours(1), 50);

        var granted = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (var i = 0; i < 10; i++)
            {
                count += (await AcquireAsync(new RateCharge([new RateBucket("a", limit)])))[0].Granted ? 1 : 0;
            }

            return count;
        })));

        Assert.Equal(50, granted.Sum());
    }

    /// <summary>However the calls come, in no span of time t are there more than rate × t + burst grants; and the moment a refusal names is granted.</summary>
    [Fact]
    public void Acquire_AnyStream_NeverExceedsRateTimesTimePlusBurst()
    {
        var limits = from permits in Gen.Choose(1, 30) from seconds in Gen.Choose(1, 60) from burst in Gen.Choose(1, 10)
                     select new RateLimit(permits, TimeSpan.FromSeconds(seconds), burst);
        var waits = Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Choose(1, 400)), (1, Gen.Choose(400, 20_000))).ArrayOf();
        Prop.ForAll(limits.ToArbitrary(), waits.ToArbitrary(), (limit, steps) => StaysInBoundsAsync(limit, steps))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(BoundRuns).WithQuietOnSuccess(true));
    }

    private async Task<bool> StaysInBoundsAsync(RateLimit limit, int[] waits)
    {
        var charge = new RateCharge([new RateBucket(Some.Id().ToString(), limit)]);
        var grants = new List<DateTimeOffset>();
        foreach (var wait in waits)
        {
            await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(wait));
            var decision = (await AcquireAsync(charge))[0];
            if (decision.Granted)
            {
                grants.Add(Now);
            }
            else if (decision.RetryAt <= Now)
            {
                return false;
            }
        }

        return Bounded(grants, limit) && await RetryAtIsExactAsync(charge);
    }

    private static bool Bounded(List<DateTimeOffset> grants, RateLimit limit)
    {
        for (var from = 0; from < grants.Count; from++)
        {
            for (var to = from; to < grants.Count; to++)
            {
                var most = ((grants[to] - grants[from]) * limit.Permits / limit.Period) + limit.Burst;
                if (to - from + 1 > most + 1e-9)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async Task<bool> RetryAtIsExactAsync(RateCharge charge)
    {
        var refused = (await AcquireAsync(charge))[0];
        while (refused.Granted)
        {
            refused = (await AcquireAsync(charge))[0];
        }

        await Fixture.AdvanceAsync(refused.RetryAt - Now - TimeSpan.FromTicks(10));
        var before = (await AcquireAsync(charge))[0];
        await Fixture.AdvanceAsync(TimeSpan.FromTicks(10));
        return !before.Granted && before.RetryAt == refused.RetryAt && (await AcquireAsync(charge))[0].Granted;
    }

    private async Task<IReadOnlyList<RateDecision>> AcquireAsync(params IReadOnlyList<RateCharge> charges) =>
        await Fixture.Limits.AcquireAsync(charges, default);

    private static RateCharge Charge(params IReadOnlyList<string> keys) => new([.. keys.Select(key => new RateBucket(key, OnePerSecond))]);
}
