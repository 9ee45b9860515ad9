namespace Messaging.Channels.Email;

/// <summary>
/// The connections of one account and the mails that wait for one. A connection is opened for a mail that finds none idle, up to
/// the limit; the others wait their turn, and waiting is no attempt.
/// </summary>
internal sealed class SmtpPool(SmtpConnector connector, SmtpOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly MailQueue _queue = new();
    private readonly List<SmtpSession> _idle = [];
    private readonly List<SmtpSession> _sessions = [];
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SmtpPoolSize _size = new(options.MaxConnections, time);
    private bool _isClosing;
    private bool _isAborted;

    /// <summary>Gives a new mail to an idle connection, or lets it wait for one.</summary>
    public void Submit(MailJob job)
    {
        lock (_lock)
        {
            if (_isClosing)
            {
                job.StopListening();
                throw new ObjectDisposedException(nameof(SmtpTransport));
            }
        }

        Place(job, first: false);
    }

    /// <summary>Takes back a mail whose connection ended before an attempt was made, or that has recipients left.</summary>
    public void PutBack(MailJob job) => Place(job, first: true);

    public MailJob? TryTake(SmtpSession session)
    {
        lock (_lock)
        {
            return Assign(_queue.TakeFirst(), session);
        }
    }

    /// <summary>The connection takes no more mails; it is closed next.</summary>
    public void Leave(SmtpSession session)
    {
        bool connect;
        lock (_lock)
        {
            _size.SetFreeing(session, false);
            connect = TryGrow();
        }

        if (connect)
        {
            Start();
        }
    }

    /// <summary>Waits for a mail.</summary>
    /// <returns>The mail, or null when the connection is not needed any more.</returns>
    public ValueTask<MailJob?> TakeAsync(SmtpSession session)
    {
        lock (_lock)
        {
            _size.SetFreeing(session, false);
            if (Assign(_queue.TakeFirst(), session) is { } job)
            {
                return new(job);
            }

            if (_isClosing)
            {
                return default;
            }

            session.Idle.Prepare(options.IdleTimeout);
            _idle.Add(session);
            return session.Idle.WaitAsync();
        }
    }

    /// <summary>Hands the result of a mail to its caller.</summary>
    /// <param name="job">The mail.</param>
    /// <param name="isLast">Whether the connection has nothing else to do: the caller's next mail shall wait for it, not open another.</param>
    public void Complete(MailJob job, bool isLast = false)
    {
        lock (_lock)
        {
            if (isLast && job.Session is { } session)
            {
                _size.SetFreeing(session, true);
            }

            job.Session = null;
        }

        job.Finish();
    }

    /// <summary>Ends a mail that its caller has cancelled and that no connection works on any more.</summary>
    public void Drop(MailJob job)
    {
        lock (_lock)
        {
            job.Session = null;
        }

        job.Cancel();
    }

    /// <summary>The caller has cancelled.</summary>
    public void Cancel(MailJob job)
    {
        lock (_lock)
        {
            if (!job.IsQueued)
            {
                job.Session?.Cancel(job);
                return;
            }

            _queue.Remove(job);
        }

        job.Cancel();
    }

    /// <summary>The idle time of a connection is over.</summary>
    public void Expire(SmtpSession session)
    {
        lock (_lock)
        {
            if (!_idle.Remove(session))
            {
                return;
            }
        }

        session.Idle.Give(null);
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        try
        {
            await _drained.Task.WaitAsync(options.DrainTimeout, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Abort();
            await _drained.Task.ConfigureAwait(false);
        }

        _lifetime.Dispose();
    }

    private void Place(MailJob job, bool first)
    {
        SmtpSession? idle = null;
        var connect = false;
        var end = false;
        lock (_lock)
        {
            job.Session = null;
            end = job.IsCanceled || _isAborted;
            if (!end && (idle = TakeIdle()) is not null)
            {
                Assign(job, idle);
            }
            else if (!end)
            {
                Enqueue(job, first);
                connect = TryGrow();
            }
        }

        if (end)
        {
            End(job);
        }

        idle?.Idle.Give(job);
        if (connect)
        {
            Start();
        }
    }

    private static void End(MailJob job)
    {
        if (job.IsCanceled)
        {
            job.Cancel();
            return;
        }

        job.ResolveRest(MailRecipientStatus.NotSent, SmtpStage.Connect, null, SmtpFailures.Disposed);
        job.Finish();
    }

    private void Enqueue(MailJob job, bool first)
    {
        if (first)
        {
            _queue.AddFirst(job);
        }
        else
        {
            _queue.AddLast(job);
        }
    }

    // The last one to become idle is the first to work again, so that those not needed age out.
    private SmtpSession? TakeIdle()
    {
        if (_idle.Count == 0)
        {
            return null;
        }

        var session = _idle[^1];
        _idle.RemoveAt(_idle.Count - 1);
        return session;
    }

    private static MailJob? Assign(MailJob? job, SmtpSession session)
    {
        if (job is not null)
        {
            job.Session = session;
        }

        return job;
    }

    private bool TryGrow() => !_isAborted && _size.TryGrow(_queue.Count);

    // A connection outlives the call that opened it; it must not carry that call's activity and culture with it.
    private void Start()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(ServeAsync);
        }
    }

    private async Task ServeAsync()
    {
        SmtpSession? session = null;
        MailFailure? refusal = null;
        try
        {
            session = new SmtpSession(this, await connector.ConnectAsync(_lifetime.Token).ConfigureAwait(false), options, time);
            Add(session);
            await session.RunAsync().ConfigureAwait(false);
        }
        catch (SmtpDialogueException e)
        {
            refusal = e.Failure;
        }
        finally
        {
            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }

            Ended(session, refusal);
        }
    }

    private void Add(SmtpSession session)
    {
        lock (_lock)
        {
            _size.Connected();
            _sessions.Add(session);
            if (_isAborted)
            {
                session.Abort();
            }
        }
    }

    private void Ended(SmtpSession? session, MailFailure? refusal)
    {
        List<MailJob>? hopeless = null;
        bool connect;
        lock (_lock)
        {
            _size.Ended();
            if (session is not null)
            {
                _size.SetFreeing(session, false);
                _sessions.Remove(session);
            }

            if (refusal is not null)
            {
                _size.Refused();
                hopeless = _size.Open == 0 ? TakeAll() : null;
            }

            connect = TryGrow();
            if (_isClosing && _size.Open == 0)
            {
                _drained.TrySetResult();
            }
        }

        hopeless?.ForEach(job => Fail(job, refusal!));
        if (connect)
        {
            Start();
        }
    }

    private static void Fail(MailJob job, MailFailure failure)
    {
        job.ResolveRest(MailRecipientStatus.NotSent, SmtpStage.Connect, null, failure);
        job.Finish();
    }

    private List<MailJob> TakeAll()
    {
        var all = new List<MailJob>();
        while (_queue.TakeFirst() is { } job)
        {
            all.Add(job);
        }

        return all;
    }

    private void Close()
    {
        SmtpSession[] idle;
        lock (_lock)
        {
            _isClosing = true;
            idle = [.. _idle];
            _idle.Clear();
            if (_size.Open == 0)
            {
                _drained.TrySetResult();
            }
        }

        foreach (var session in idle)
        {
            session.Idle.Give(null);
        }
    }

    private void Abort()
    {
        List<MailJob> waiting;
        lock (_lock)
        {
            _isAborted = true;
            waiting = TakeAll();
            _sessions.ForEach(session => session.Abort());
        }

        waiting.ForEach(End);
        _lifetime.Cancel();
    }
}
