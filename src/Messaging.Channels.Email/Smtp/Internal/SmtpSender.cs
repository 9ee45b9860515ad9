using System.Runtime.CompilerServices;

namespace Messaging.Channels.Email;

/// <summary>
/// Sends mails over one connection. While one awaits the answer to its content the next one's envelope is already with the server,
/// so a mail costs one round trip and one write: RFC 2920 §3.1 lets a group begin with message content. With CHUNKING envelope and
/// content go together.
/// </summary>
internal sealed class SmtpSender : IDisposable
{
    // After a pause MAIL and RCPT find out whether the server is still there; only then may content follow that could be in doubt.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly SmtpPool _pool;
    private readonly SmtpDialogue _dialogue;
    private readonly SmtpOptions _options;
    private readonly TimeProvider _time;
    private readonly SmtpContentTransfer _transfer;
    private SmtpTransaction _current;
    private SmtpTransaction _spare;
    private SmtpTransaction? _active;
    private volatile SmtpTransaction? _pending;
    private long _lastReply;

    public SmtpSender(SmtpPool pool, SmtpDialogue dialogue, SmtpOptions options, TimeProvider time)
    {
        (_pool, _dialogue, _options, _time) = (pool, dialogue, options, time);
        _transfer = new SmtpContentTransfer(dialogue, options);
        (_current, _spare) = (new SmtpTransaction(_transfer), new SmtpTransaction(_transfer));
        _lastReply = time.GetTimestamp();
    }

    /// <summary>Gets whether the server waits for the content of a mail.</summary>
    public bool HasPending => _pending is not null;

    /// <summary>Gets how many mails the server has answered.</summary>
    public int Mails { get; private set; }

    /// <summary>Gets whether the server announced that it closes the connection.</summary>
    public bool MustClose => _dialogue.SaidGoodbye;

    private bool CanGroup => _dialogue.Server.Pipelining && _options.Pipelining;

    private bool CanChunk => _dialogue.Server.Chunking && _options.Chunking;

    public bool AwaitsContentReplyOfOther(MailJob job) =>
        _pending is { MayBeDelivered: true } pending && !ReferenceEquals(pending.Job, job);

    /// <summary>Hands over what was under way: the transaction that was waiting for its answer, and the one behind it.</summary>
    public (SmtpTransaction? Front, SmtpTransaction? Behind) TakeUnfinished()
    {
        var unfinished = (_pending is { IsAbandoned: true } ? null : _pending, _active);
        (_pending, _active) = (null, null);
        return unfinished;
    }

    /// <summary>Sends one mail, up to the point where only its content is missing.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(MailJob job)
    {
        var transaction = _active = _current;
        if (!transaction.Begin(job, _dialogue.Server, _options.MaxRecipientsPerTransaction)
            || !await WriteContentAsync(transaction).ConfigureAwait(false))
        {
            Complete(transaction);
        }
        else if (transaction.Writer.IsStreaming)
        {
            await EndStreamAsync(transaction).ConfigureAwait(false);
        }
        else if (_transfer.IsTooLarge(transaction))
        {
            Complete(transaction);
        }
        else
        {
            await SendBufferedAsync(transaction).ConfigureAwait(false);
        }
    }

    /// <summary>Sends the content that the server waits for when no other mail is here to share the write.</summary>
    public async ValueTask SettleAsync()
    {
        await _dialogue.ExpectSilenceAsync().ConfigureAwait(false);
        _dialogue.AppendContentAndDot(_pending!);
        await _dialogue.FlushAsync().ConfigureAwait(false);
        await EndPendingAsync(isLast: true).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _current.Dispose();
        _spare.Dispose();
    }

    private async ValueTask<bool> WriteContentAsync(SmtpTransaction transaction)
    {
        var writing = _transfer.Start(transaction);
        if (!writing.IsCompleted)
        {
            // Slow or large: the mail in front shall not wait for it.
            if (HasPending)
            {
                await SettleAsync().ConfigureAwait(false);
            }

            transaction.Writer.Open();
        }

        return await writing.ConfigureAwait(false);
    }

    private ValueTask SendBufferedAsync(SmtpTransaction transaction) => CanGroup ? SendGroupAsync(transaction) : SendStepsAsync(transaction);

    // Everything that can go in one write goes in one write.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendGroupAsync(SmtpTransaction transaction)
    {
        await _dialogue.ExpectSilenceAsync().ConfigureAwait(false);
        var hadPending = HasPending;
        if (hadPending)
        {
            _dialogue.AppendContentAndDot(_pending!);
        }

        var reset = _dialogue.AppendEnvelope(transaction, transaction.Writer.Content.Length);
        var atOnce = CanChunk && _time.GetElapsedTime(_lastReply) < FreshFor;
        if (atOnce)
        {
            _dialogue.AppendBdat(transaction);
        }
        else if (!CanChunk)
        {
            _dialogue.AppendData();
        }

        await _dialogue.FlushAsync().ConfigureAwait(false);
        if (hadPending)
        {
            await EndPendingAsync(isLast: false).ConfigureAwait(false);
        }

        await _dialogue.ReadEnvelopeAsync(transaction, reset).ConfigureAwait(false);
        if (CanChunk)
        {
            await EndBdatAsync(transaction, atOnce).ConfigureAwait(false);
        }
        else
        {
            await EndDataAsync(transaction).ConfigureAwait(false);
        }
    }

    private async ValueTask SendStepsAsync(SmtpTransaction transaction)
    {
        await _dialogue.ExchangeEnvelopeAsync(transaction, transaction.Writer.Content.Length).ConfigureAwait(false);
        if (CanChunk || !transaction.HasAccepted)
        {
            await EndBdatAsync(transaction, sent: false).ConfigureAwait(false);
            return;
        }

        await _dialogue.ExpectSilenceAsync().ConfigureAwait(false);
        _dialogue.AppendData();
        await _dialogue.FlushAsync().ConfigureAwait(false);
        await EndDataAsync(transaction).ConfigureAwait(false);
        if (HasPending)
        {
            await SettleAsync().ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask EndBdatAsync(SmtpTransaction transaction, bool sent)
    {
        if (!transaction.HasAccepted)
        {
            if (sent)
            {
                await _dialogue.SkipContentReplyAsync().ConfigureAwait(false);
            }

            Complete(transaction);
            return;
        }

        if (!sent)
        {
            await _dialogue.ExpectSilenceAsync().ConfigureAwait(false);
            _dialogue.AppendBdat(transaction);
            await _dialogue.FlushAsync().ConfigureAwait(false);
        }

        var reply = await _dialogue.ReadContentAsync(transaction, isLast: true).ConfigureAwait(false);
        if (!reply.IsPositive)
        {
            _dialogue.ResetNext();
        }

        End(transaction);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask EndDataAsync(SmtpTransaction transaction)
    {
        if (!await _dialogue.ReadDataAsync(transaction).ConfigureAwait(false))
        {
            Complete(transaction);
            return;
        }

        if (transaction.IsAbandoned)
        {
            Complete(transaction);
        }

        _lastReply = _time.GetTimestamp();
        _active = null;
        _pending = transaction;
        (_current, _spare) = (_spare, _current);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask EndPendingAsync(bool isLast)
    {
        var transaction = _pending!;
        await _dialogue.ReadContentAsync(transaction, isLast).ConfigureAwait(false);
        _pending = null;
        if (!transaction.IsAbandoned)
        {
            End(transaction);
        }

        Interlocked.MemoryBarrier(); // see SmtpSession.Cancel: either it saw that nothing is pending, or this sees that it was called
        if (_active is { Job.IsCanceled: true })
        {
            throw new SmtpDialogueException(SmtpFailures.Canceled);
        }
    }

    private async ValueTask EndStreamAsync(SmtpTransaction transaction)
    {
        if (await _transfer.EndAsync(transaction).ConfigureAwait(false))
        {
            End(transaction);
        }
        else
        {
            Complete(transaction);
        }
    }

    private void End(SmtpTransaction transaction)
    {
        _lastReply = _time.GetTimestamp();
        Mails++;
        Complete(transaction);
    }

    private void Complete(SmtpTransaction transaction)
    {
        if (ReferenceEquals(transaction, _active))
        {
            _active = null;
        }

        if (transaction.Job.Unresolved > 0)
        {
            _pool.PutBack(transaction.Job); // recipients that did not fit: at once, in a new transaction
        }
        else
        {
            _pool.Complete(transaction.Job, isLast: _active is null && _pending is null);
        }
    }
}
