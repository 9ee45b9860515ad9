using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Claims go on where the last one ended, and look from the very front often enough to miss nothing for long.</summary>
public sealed class ClaimFrontTests
{
    private const long Clock = 1_000_000_000;
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(50);

    private readonly ManualTimeProvider _time = new();
    private readonly ClaimFront _front;

    public ClaimFrontTests() => _front = new ClaimFront(_time);

    [Fact]
    public void Begin_NothingClaimedYet_LooksFromTheFront() => Assert.True(_front.Begin().IsFromFront);

    [Fact]
    public void Begin_AfterAFullClaim_GoesOnAtItsLastTurnInEachLane()
    {
        Look(isFull: true, -1, 3, -1, 250);

        var look = _front.Begin();

        Assert.Equal([0, 3, 0, 250], look.Fronts);
        Assert.Equal(Clock - TimeSpan.FromSeconds(5).Ticks, look.Seen);
    }

    [Fact]
    public void Begin_AfterAClaimThatCameShort_LooksFromTheFront()
    {
        Look(isFull: true, -1, -1, -1, 250);
        Look(isFull: false, -1, -1, -1, 300);

        Assert.True(_front.Begin().IsFromFront);
    }

    [Fact]
    public void Begin_SomeWaitHasEnded_SeesItAgain()
    {
        var look = _front.Begin();
        _front.End(look, [-1, -1, -1, 250], isFull: true, Clock, someAreDue: true);

        Assert.Equal(0, _front.Begin().Seen);
    }

    [Fact]
    public void Begin_FullClaimsForLong_LooksFromTheFrontAgainAndAgain()
    {
        Look(isFull: true, -1, -1, -1, 250);
        _time.Advance(Soonest - TimeSpan.FromTicks(1));
        Assert.False(_front.Begin().IsFromFront);

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.True(_front.Begin().IsFromFront);
    }

    [Fact]
    public void Begin_LooksFromTheFrontTakeLong_TheyTakeATwentiethOfTheTime()
    {
        var look = _front.Begin();
        _time.Advance(Soonest);
        _front.End(look, [-1, -1, -1, 250], isFull: true, Clock, someAreDue: false);

        _time.Advance(Soonest * 19);
        Assert.False(_front.Begin().IsFromFront);
        _time.Advance(Soonest);
        Assert.True(_front.Begin().IsFromFront);
    }

    [Fact]
    public void Begin_EarlierTurnsFoundFromTheFront_GoesOnThere()
    {
        Look(isFull: true, -1, -1, -1, 250);
        _time.Advance(Soonest);
        Look(isFull: true, -1, -1, -1, 40);

        Assert.Equal(40, _front.Begin().Fronts[3]);
    }

    private void Look(bool isFull, params long[] last) => _front.End(_front.Begin(), last, isFull, Clock, someAreDue: false);
}
