namespace Messaging.Storage.Memory;

/// <summary>Wakes those who wait for work. The store's lock guards it; continuations run elsewhere.</summary>
internal sealed class WorkSignal : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiting;
    private long _armed = long.MaxValue;

    public WorkSignal(TimeProvider time, Action elapsed)
    {
        _time = time;
        _timer = time.CreateTimer(_ => elapsed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool HasWaiters => _waiting is not null;

    /// <summary>Gets the kinds that somebody waits for, a bit each.</summary>
    public int Kinds { get; private set; }

    /// <summary>Returns what completes at the next <see cref="Wake"/>.</summary>
    public Task Wait(int kinds)
    {
        Kinds |= kinds;
        return (_waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Wakes everybody; who finds nothing of its kinds waits again.</summary>
    public void Wake()
    {
        _waiting?.SetResult();
        _waiting = null;
        Kinds = 0;
        Arm(long.MaxValue);
    }

    /// <summary>Sets the timer to a moment, unless it stands right; the greatest means never.</summary>
    public void Arm(long moment)
    {
        if (moment == _armed)
        {
            return;
        }

        _armed = moment;
        _timer.Change(moment == long.MaxValue ? Timeout.InfiniteTimeSpan : Delay(moment), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says that the timer has fired and stands still.</summary>
    public void Elapsed() => _armed = long.MaxValue;

    public void Dispose() => _timer.Dispose();

    /// <summary>At least a millisecond, which is what timers count in; at most a day, since they cannot count far.</summary>
    private TimeSpan Delay(long moment)
    {
        var delay = TimeSpan.FromTicks(moment - _time.GetUtcNow().UtcTicks);
        return delay < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1)
            : delay > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1)
            : TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
    }
}
