using Messaging.RateLimiting;
using Messaging.Testing;

namespace Messaging.Core.RateLimiting;

public sealed class SlotPlannerTests
{
    private static readonly TenantId s_tenant = new("salon");
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly SlotPlanner _slots = new();
    private DateTimeOffset _now = Some.Instant;

    [Fact]
    public void Next_ManyAtOnce_GetMomentsOfTheirOwn()
    {
        var moments = Enumerable.Range(0, 300).Select(_ => Next()).ToList();

        Assert.Equal(Enumerable.Range(0, 300).Select(i => _now + s_second + (i * s_second)), moments);
    }

    [Fact]
    public void Next_OtherTenantOrLane_DoesNotQueueBehind()
    {
        for (var i = 0; i < 300; i++)
        {
            Next();
        }

        Assert.Equal(_now + s_second, Next(tenant: new TenantId("other")));
        Assert.Equal(_now + s_second, Next(lane: MessagePriority.Critical));
    }

    [Fact]
    public void Next_WokeInVain_GoesAheadOfThoseWhoNeverWoke()
    {
        for (var i = 0; i < 300; i++)
        {
            Next();
        }

        Assert.Equal(_now + s_second, Next(woke: true));
        Assert.Equal(_now + (2 * s_second), Next(woke: true));
    }

    [Fact]
    public void Next_FarAway_IsSpreadOverTheSecondHalfOfAQuarterOfAnHour()
    {
        var furthest = _now + s_second + TimeSpan.FromMinutes(15);
        Assert.DoesNotContain(Enumerable.Range(0, 10_000).Select(_ => Next()), m => m > furthest);

        var far = Enumerable.Range(0, 10_000).Select(_ => Next()).ToList();
        Assert.All(far, m => Assert.InRange(m - _now, TimeSpan.FromMinutes(7.5), TimeSpan.FromMinutes(15) + s_second));
        Assert.InRange(far.CountBy(m => m.ToUnixTimeSeconds()).Max(c => c.Value), 1, 40);
    }

    [Fact]
    public void Next_NobodyWakesAlthoughThePlanSaysSo_BeginsAnew()
    {
        for (var i = 0; i < 300; i++)
        {
            Next();
        }

        _now += TimeSpan.FromSeconds(20);

        Assert.Equal(_now + s_second, Next());
    }

    [Fact]
    public void Next_PermitIsFarAway_LateComersDoNotGetTheFirstMomentAgain()
    {
        var midnight = _now + TimeSpan.FromHours(14);
        HashSet<DateTimeOffset> moments = [];
        for (var i = 0; i < 1_000; i++, _now += TimeSpan.FromSeconds(10))
        {
            moments.Add(_slots.Next("d:email", s_tenant, MessagePriority.Normal, false, midnight, TimeSpan.FromMilliseconds(10), _now));
        }

        Assert.Equal(1_000, moments.Count);
        Assert.All(moments, m => Assert.InRange(m, midnight, midnight + TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Next_TheOthersWakeAsPlanned_GoesBehindThem()
    {
        for (var i = 0; i < 300; i++)
        {
            Next();
        }

        for (var i = 0; i < 20; i++)
        {
            _now += s_second;
            _slots.Woke("a:email", s_tenant, MessagePriority.Normal, _now);
        }

        Assert.Equal(Some.Instant + (301 * s_second), Next());
    }

    private DateTimeOffset Next(TenantId? tenant = null, MessagePriority lane = MessagePriority.Normal, bool woke = false) =>
        _slots.Next("a:email", tenant ?? s_tenant, lane, woke, _now + s_second, s_second, _now);
}
