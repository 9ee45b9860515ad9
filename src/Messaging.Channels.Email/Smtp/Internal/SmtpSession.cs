using System.Runtime.CompilerServices;

namespace Messaging.Channels.Email;

/// <summary>
/// One connection's life: it takes mails from the pool until it is worn out, idle for too long, broken, or not needed any more,
/// and accounts for what was under way when it ended.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private const int MaxMoves = 3;
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

    private readonly SmtpPool _pool;
    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly SmtpWire _wire;
    private readonly SmtpSender _sender;
    private readonly long _opened;
    private bool _wentAway;

    public SmtpSession(SmtpPool pool, SmtpDialogue dialogue, SmtpOptions options, TimeProvider time)
    {
        (_pool, _wire, _options, _time) = (pool, dialogue.Wire, options, time);
        _sender = new SmtpSender(pool, dialogue, options, time);
        _opened = time.GetTimestamp();
        Idle = new IdleSlot(pool, this, time);
    }

    /// <summary>Gets where the session waits for work.</summary>
    public IdleSlot Idle { get; }

    /// <summary>Gets or sets whether it will ask for a mail at once; guarded by the pool's lock.</summary>
    public bool IsFreeing { get; set; }

    /// <summary>Fails whatever is under way; may be called from anywhere.</summary>
    public void Abort() => _wire.Abort();

    /// <summary>The caller of a mail under way here gives it up; may be called from anywhere.</summary>
    public void Cancel(MailJob job)
    {
        // Cutting the connection would leave another mail, whose content is out, in doubt. The sender looks when that is settled.
        if (!_sender.AwaitsContentReplyOfOther(job))
        {
            _wire.Abort();
        }
    }

    /// <summary>Works until there is nothing more to do here.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await TakeAsync().ConfigureAwait(false) is var job && (job is not null || _sender.HasPending))
            {
                if (job is null)
                {
                    await _sender.SettleAsync().ConfigureAwait(false);
                }
                else
                {
                    await _sender.SendAsync(job).ConfigureAwait(false);
                }
            }

            _pool.Leave(this);
            await QuitAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            GiveUp(e is SmtpDialogueException { Failure: var known } ? known : SmtpFailures.Lost(e.GetType().Name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync().ConfigureAwait(false);
        _sender.Dispose();
        Idle.Dispose();
    }

    private bool IsWornOut => _wentAway || _sender.MustClose || _sender.Mails >= _options.MaxMailsPerConnection
        || _time.GetElapsedTime(_opened) >= _options.MaxConnectionAge;

    private ValueTask<MailJob?> TakeAsync() => IsWornOut ? default
        : !_sender.HasPending ? WaitAsync()
        : _pool.TryTake(this) is { } job ? new(job)
        : LookAgainAsync();

    // The mail that was just answered may be followed by one from the same caller, which then shares the write.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MailJob?> LookAgainAsync()
    {
        await Task.Yield();
        return _pool.TryTake(this);
    }

    private async ValueTask<MailJob?> WaitAsync()
    {
        _wire.Disarm();
        var job = await _pool.TakeAsync(this).ConfigureAwait(false);
        if (job is not null && _wire.WentAway())
        {
            // Closed while idle: the mail has not seen this connection, so another one takes it.
            _wentAway = true;
            _pool.PutBack(job);
            return null;
        }

        return job;
    }

    private async ValueTask QuitAsync()
    {
        if (_wentAway)
        {
            return;
        }

        try
        {
            _wire.Output.Append("QUIT\r\n"u8);
            await _wire.FlushAsync(QuitTimeout).ConfigureAwait(false);
            await _wire.ReadReplyAsync(keepText: false, QuitTimeout, "QUIT").ConfigureAwait(false);
        }
        catch (SmtpDialogueException)
        {
            // Courtesy only.
        }
    }

    private void GiveUp(MailFailure failure)
    {
        var (front, behind) = _sender.TakeUnfinished();
        var behindIsCollateral = front is { MayBeDelivered: true } or { Job.IsCanceled: true };
        if (front is not null)
        {
            GiveUp(front, failure, isCollateral: behind is { Job.IsCanceled: true });
        }

        if (behind is not null)
        {
            GiveUp(behind, failure, behindIsCollateral);
        }
    }

    private void GiveUp(SmtpTransaction transaction, MailFailure failure, bool isCollateral)
    {
        var job = transaction.Job;
        if (job.IsCanceled)
        {
            EndCanceled(transaction);
        }
        else if (!transaction.MayBeDelivered && job.Moves < MaxMoves && (isCollateral || ConnectionWore(failure)))
        {
            // A connection that had worked before ended under it: no attempt of this mail was made.
            job.Moves++;
            _pool.PutBack(job);
        }
        else
        {
            transaction.Fail(failure);
            _pool.Complete(job);
        }
    }

    private bool ConnectionWore(MailFailure failure) => _sender.Mails > 0 && failure.Kind == MailFailureKind.ConnectionLost;

    private void EndCanceled(SmtpTransaction transaction)
    {
        if (transaction.MayBeDelivered)
        {
            transaction.Fail(SmtpFailures.Canceled);
        }

        _pool.Drop(transaction.Job);
    }
}
