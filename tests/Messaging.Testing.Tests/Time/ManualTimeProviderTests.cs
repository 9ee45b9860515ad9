namespace Messaging.Testing.Time;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Now_NobodyMovesIt_StandsStill()
    {
        var before = _clock.GetUtcNow();

        Assert.Equal(ManualTimeProvider.DefaultStart, before);
        Assert.Equal(before, _clock.GetUtcNow());
    }

    [Fact]
    public void Advance_NoTimers_MovesClockAndTimestamp()
    {
        var stamp = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMinutes(90));

        Assert.Equal(ManualTimeProvider.DefaultStart.AddMinutes(90), _clock.Now);
        Assert.Equal(TimeSpan.FromMinutes(90), _clock.GetElapsedTime(stamp));
    }

    [Fact]
    public void Advance_Negative_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));

    [Fact]
    public void AdvanceTo_PastInstant_IsRefused()
    {
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.AdvanceTo(ManualTimeProvider.DefaultStart));
    }

    [Fact]
    public void Advance_SeveralTimers_FireInOrderOfDueEachAtItsInstant()
    {
        using var third = Start("c", seconds: 30);
        using var first = Start("a", seconds: 10);
        using var tie = Start("b", seconds: 10);
        using var later = Start("d", seconds: 31);

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(["a@10", "b@10", "c@30"], _fired);
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresOncePerPeriod()
    {
        using var timer = Start("p", seconds: 10, period: 10);

        _clock.Advance(TimeSpan.FromSeconds(35));
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["p@10", "p@20", "p@30", "p@40"], _fired);
    }

    [Fact]
    public void Advance_CallbackStartsTimer_FiresItWhenDueByTheEnd()
    {
        ITimer? chained = null;
        using var timer = _clock.CreateTimer(_ => chained = Start("chained", seconds: 5), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(["chained@15"], _fired);
        chained!.Dispose();
    }

    [Fact]
    public void Change_RunningTimer_MovesIt()
    {
        using var timer = Start("a", seconds: 10);

        Assert.True(timer.Change(TimeSpan.FromSeconds(20), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["a@20"], _fired);
    }

    [Fact]
    public void Change_Infinite_StopsIt()
    {
        using var timer = Start("a", seconds: 10, period: 10);

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(_fired);
        Assert.Null(_clock.NextTimer);
    }

    [Fact]
    public void Dispose_RunningTimer_NeverFiresAgainAndCannotBeChanged()
    {
        var timer = Start("a", seconds: 10, period: 10);

        timer.Dispose();
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Empty(_fired);
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
        Assert.Equal(0, _clock.Timers);
    }

    [Fact]
    public void AdvanceToNextTimer_Several_StopsAtTheFirst()
    {
        using var second = Start("b", seconds: 20);
        using var first = Start("a", seconds: 10);

        Assert.True(_clock.AdvanceToNextTimer());

        Assert.Equal(["a@10"], _fired);
        Assert.Equal(ManualTimeProvider.DefaultStart.AddSeconds(20), _clock.NextTimer);
    }

    [Fact]
    public void AdvanceToNextTimer_None_StandsStill()
    {
        Assert.False(_clock.AdvanceToNextTimer());
        Assert.Equal(ManualTimeProvider.DefaultStart, _clock.Now);
    }

    [Fact]
    public async Task CreateTimer_DueAtOnce_FiresWithoutAnAdvance()
    {
        var fired = new TaskCompletionSource();
        await using var timer = _clock.CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task.WaitAsync(Patience);

        Assert.Equal(ManualTimeProvider.DefaultStart, _clock.Now);
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenAdvanced()
    {
        var delay = Task.Delay(TimeSpan.FromDays(3), _clock);

        _clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));

        await delay.WaitAsync(Patience);
    }

    [Fact]
    public void CancelAfter_OnTheClock_CancelsWhenAdvanced()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public async Task Advance_FromManyThreads_AddsUp()
    {
        using var timer = _clock.CreateTimer(_ => Interlocked.Increment(ref _ticks), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
        })));

        Assert.Equal(ManualTimeProvider.DefaultStart.AddSeconds(800), _clock.Now);
        Assert.Equal(800, _ticks);
    }

    [Fact]
    public void LocalTimeZone_Set_IsUsed()
    {
        _clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));

        Assert.Equal(11, _clock.GetLocalNow().Hour);
    }

    private int _ticks;

    private ITimer Start(string name, int seconds, int? period = null) => _clock.CreateTimer(
        _ => _fired.Add($"{name}@{(_clock.Now - ManualTimeProvider.DefaultStart).TotalSeconds}"),
        null,
        TimeSpan.FromSeconds(seconds),
        period is { } p ? TimeSpan.FromSeconds(p) : Timeout.InfiniteTimeSpan);
}
