using System.Threading.Tasks.Sources;

namespace Messaging.Channels.Email;

/// <summary>
/// Where one connection waits for its next mail, without allocating. The pool's lock decides who ends a wait: whoever takes the
/// session off the idle list calls <see cref="Give"/>, exactly once.
/// </summary>
internal sealed class IdleSlot(SmtpPool pool, SmtpSession session, TimeProvider time) : IValueTaskSource<MailJob?>, IDisposable
{
    private ManualResetValueTaskSourceCore<MailJob?> _core = new() { RunContinuationsAsynchronously = true };
    private ITimer? _timer;

    public void Prepare(TimeSpan timeout)
    {
        _core.Reset();
        _timer ??= time.CreateTimer(static slot => ((IdleSlot)slot!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    public ValueTask<MailJob?> WaitAsync() => new(this, _core.Version);

    public void Give(MailJob? job)
    {
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _core.SetResult(job);
    }

    public void Dispose() => _timer?.Dispose();

    MailJob? IValueTaskSource<MailJob?>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<MailJob?>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<MailJob?>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Expire() => pool.Expire(session);
}
