namespace Messaging.Storage.Memory;

/// <summary>Wakes those who wait for work. The store's lock guards it; continuations run elsewhere.</summary>
internal sealed class WorkSignal : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiting;
    private DateTimeOffset? _armed;

    public WorkSignal(TimeProvider time, Action elapsed)
    {
        _time = time;
        _timer = time.CreateTimer(_ => elapsed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool HasWaiters => _waiting is not null;

    /// <summary>Returns what completes at the next <see cref="Wake"/>.</summary>
    public Task Wait() => (_waiting ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Wake()
    {
        _waiting?.SetResult();
        _waiting = null;
        Arm(null);
    }

    /// <summary>Sets the timer, unless it stands right.</summary>
    public void Arm(DateTimeOffset? moment)
    {
        if (moment == _armed)
        {
            return;
        }

        _armed = moment;
        _timer.Change(moment is { } at ? Delay(at) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says that the timer has fired and stands still.</summary>
    public void Elapsed() => _armed = null;

    public void Dispose() => _timer.Dispose();

    /// <summary>At least a millisecond, which is what timers count in; at most a day, since they cannot count far.</summary>
    private TimeSpan Delay(DateTimeOffset moment)
    {
        var delay = moment - _time.GetUtcNow();
        return delay < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1)
            : delay > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1)
            : TimeSpan.FromMilliseconds(Math.Ceiling(delay.TotalMilliseconds));
    }
}
