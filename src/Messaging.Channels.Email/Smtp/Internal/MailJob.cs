namespace Messaging.Channels.Email;

/// <summary>
/// One mail on its way: what to send, what is decided for each recipient, and the task its caller awaits. It may need several
/// transactions, when recipients do not fit into one, and several connections, when one turns out to be closed.
/// </summary>
internal sealed class MailJob(SmtpPool pool, MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken)
    : TaskCompletionSource<MailResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private CancellationTokenRegistration _registration;
    private readonly MailRecipientResult[] _results = new MailRecipientResult[envelope.Recipients.Count];

    public MailEnvelope Envelope { get; } = envelope;

    public IMailContent Content { get; } = content;

    /// <summary>Gets the number of recipients about whom nothing is decided yet.</summary>
    public int Unresolved { get; private set; } = envelope.Recipients.Count;

    /// <summary>Gets or sets the last answer to the content.</summary>
    public SmtpReply? Reply { get; set; }

    /// <summary>Gets or sets how often the mail moved to another connection without an attempt being made of it.</summary>
    public int Moves { get; set; }

    public bool IsCanceled => cancellationToken.IsCancellationRequested;


    /// <summary>Gets or sets the connection that works on it; guarded by the pool's lock, as is its place in the queue.</summary>
    public SmtpSession? Session { get; set; }

    public bool IsQueued { get; set; }

    public MailJob? Previous { get; set; }

    public MailJob? Next { get; set; }

    public bool IsResolved(int recipient) => _results[recipient] is { Reply: not null } or { Failure: not null };

    public void Resolve(int recipient, MailRecipientStatus status, SmtpStage stage, SmtpReply? reply, MailFailure? failure)
    {
        if (!IsResolved(recipient))
        {
            _results[recipient] = new MailRecipientResult(status, stage, reply, failure);
            Unresolved--;
        }
    }

    public void ResolveRest(MailRecipientStatus status, SmtpStage stage, SmtpReply? reply, MailFailure? failure)
    {
        for (var i = 0; Unresolved > 0 && i < _results.Length; i++)
        {
            Resolve(i, status, stage, reply, failure);
        }
    }

    /// <summary>Starts to listen to the caller's token; before the mail goes to the pool.</summary>
    public void ListenForCancellation()
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static job => ((MailJob)job!).CancelInPool(), this);
        }
    }

    public void StopListening() => _registration.Unregister();

    private void CancelInPool() => pool.Cancel(this);

    /// <summary>Hands the result to the caller.</summary>
    public void Finish()
    {
        _registration.Unregister();
        TrySetResult(new MailResult(_results, Reply));
    }

    /// <summary>Ends a cancelled mail: by exception when nothing has left, else with what is known.</summary>
    public void Cancel()
    {
        if (Unresolved == _results.Length)
        {
            _registration.Unregister();
            TrySetCanceled(cancellationToken);
            return;
        }

        ResolveRest(MailRecipientStatus.NotSent, SmtpStage.Connect, null, SmtpFailures.Canceled);
        Finish();
    }
}
