using Messaging.Testing;

namespace Messaging.Channels.Email.Smtp;

/// <summary>A hand-driven clock that tells when a timer is set, so that a test moves it only when somebody is waiting.</summary>
internal sealed class WatchedClock : TimeProvider
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan Due, TaskCompletionSource Set)> _waiters = [];

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new WatchedTimer(this, _clock.CreateTimer(callback, state, dueTime, period));

    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>Waits until a timer is set, from now on, to a time.</summary>
    public Task WhenSetAsync(TimeSpan due)
    {
        var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiters.Add((due, set));
        }

        return set.Task.WaitAsync(Mail.Limit);
    }

    private void OnSet(TimeSpan due)
    {
        lock (_lock)
        {
            _waiters.RemoveAll(waiter => waiter.Due == due && waiter.Set.TrySetResult());
        }
    }

    private sealed class WatchedTimer(WatchedClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            clock.OnSet(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
