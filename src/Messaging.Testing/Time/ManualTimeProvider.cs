using Messaging.Testing.Time.Internal;

namespace Messaging.Testing;

/// <summary>A clock that stands still until a test moves it. Timers fire on the thread that moves the clock, in the order in which they are due. Thread safe.</summary>
/// <remarks>
/// While a timer's callback runs, the clock shows the instant at which the timer was due; a timer that the callback starts fires in the
/// same <see cref="Advance"/> when it is due by its end. A timer that is due at once fires on the thread pool, as the system's do.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _timers = new(ManualTimer.ByDue);
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private DateTimeOffset _target;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private long _sequence;

    /// <summary>Initializes a clock that shows <see cref="DefaultStart"/>.</summary>
    public ManualTimeProvider()
        : this(DefaultStart)
    {
    }

    /// <summary>Initializes a clock that shows an instant.</summary>
    public ManualTimeProvider(DateTimeOffset start) => _start = _now = _target = start.ToUniversalTime();

    /// <summary>Gets what a clock shows at first: Monday, 5 January 2026, 10:00 UTC.</summary>
    public static DateTimeOffset DefaultStart { get; } = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Gets what the clock shows.</summary>
    public DateTimeOffset Now => GetUtcNow();

    /// <summary>Gets when the next timer is due; <see langword="null"/> when none runs.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_gate)
            {
                return _timers.Min?.Due;
            }
        }
    }

    /// <summary>Gets how many timers run.</summary>
    public int Timers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _zone;

    /// <summary>Gets the ticks of <see cref="GetTimestamp"/> in a second: those of <see cref="TimeSpan"/>.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <summary>Sets what <see cref="LocalTimeZone"/> returns; UTC before.</summary>
    public void SetLocalTimeZone(TimeZoneInfo zone) => _zone = zone ?? throw new ArgumentNullException(nameof(zone));

    /// <summary>Moves the clock on, stopping at every timer on the way. Calls from several threads add up.</summary>
    /// <param name="by">How far; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative: a clock does not run back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset target;
        lock (_gate)
        {
            target = _target = Max(_target, _now) + by;
        }

        RunTo(target);
    }

    /// <summary>Moves the clock on to an instant, stopping at every timer on the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant has passed: a clock does not run back.</exception>
    public void AdvanceTo(DateTimeOffset instant)
    {
        var by = instant - GetUtcNow();
        if (by < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(instant), "The clock is past that instant, and a clock does not run back.");
        }

        Advance(by);
    }

    /// <summary>Moves the clock on to the next timer and fires it, with all that are due at the same instant.</summary>
    /// <returns><see langword="false"/> when no timer runs: the clock stands where it stood.</returns>
    public bool AdvanceToNextTimer()
    {
        DateTimeOffset target;
        lock (_gate)
        {
            if (_timers.Min is not { } next)
            {
                return false;
            }

            target = _target = Max(_target, next.Due);
        }

        RunTo(target);
        return true;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal bool Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed)
            {
                return false;
            }

            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period : null;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                Arm(timer, _now + dueTime);
            }
        }

        if (dueTime == TimeSpan.Zero)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.RunTo(DateTimeOffset.MinValue), this, preferLocal: false);
        }

        return true;
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _timers.Remove(timer);
        }
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>Callbacks run outside the lock: they may start timers and read the clock.</summary>
    private void RunTo(DateTimeOffset target)
    {
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            target = Max(target, _now);
            if (_timers.Min is not { } next || next.Due > target)
            {
                _now = target;
                return null;
            }

            _timers.Remove(next);
            _now = Max(_now, next.Due);
            if (next.Period is { } period)
            {
                Arm(next, next.Due + period);
            }

            return next;
        }
    }

    private void Arm(ManualTimer timer, DateTimeOffset due)
    {
        timer.Due = due;
        timer.Sequence = ++_sequence;
        _timers.Add(timer);
    }
}
