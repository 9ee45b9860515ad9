using Messaging.Storage.EfCore.Commit;
using Messaging.Testing;

namespace Messaging.Storage.PostgreSql.Queue;

/// <summary>Claims go on where the last one ended, and look from the very front often enough to miss nothing for long.</summary>
public sealed class ClaimFrontTests
{
    private const long Clock = 1_000_000_000;
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(50);

    private readonly ManualTimeProvider _time = new();
    private readonly Turns _turns = new();
    private readonly ClaimFront _front;

    public ClaimFrontTests() => _front = new ClaimFront(_turns.Commits, _time);

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

    /// <summary>A newcomer gets the turn at which its lane stands. When its commit ends after a claim has looked, that claim goes past it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Begin_ACommitWasUnderWay_GoesOnWhereItsWorkMayStand(bool endsMeanwhile)
    {
        Look(isFull: true, -1, -1, -1, 250);
        _turns.Claimed(3, 250);
        var commit = _turns.Commits.Begin();
        var look = _front.Begin();
        if (endsMeanwhile)
        {
            commit.Dispose();
        }

        _front.End(look, [-1, -1, -1, 762], isFull: true, Clock, someAreDue: false);
        Assert.Equal(250, _front.Begin().Fronts[3]);
        _front.Abandon();

        commit.Dispose();
        Look(isFull: true, -1, -1, -1, 900);
        Assert.Equal(900, _front.Begin().Fronts[3]);
    }

    [Fact]
    public void Begin_ACommitEndedBefore_GoesOnAtTheLastTurn()
    {
        Look(isFull: true, -1, -1, -1, 250);
        _turns.Commits.Begin().Dispose();

        Look(isFull: true, -1, -1, -1, 762);

        Assert.Equal(762, _front.Begin().Fronts[3]);
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
