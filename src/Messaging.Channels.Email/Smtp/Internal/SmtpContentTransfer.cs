namespace Messaging.Channels.Email;

/// <summary>Lets a mail write itself, and sends it in blocks when it is too large to be held.</summary>
internal sealed class SmtpContentTransfer(SmtpDialogue dialogue, SmtpOptions options)
{
    private SmtpWire Wire => dialogue.Wire;

    /// <summary>Starts writing. Blocks wait until the writer is opened.</summary>
    /// <returns>Whether there is content; false when it failed before anything was sent, and that is recorded.</returns>
    public async ValueTask<bool> Start(SmtpTransaction transaction)
    {
        var encoding = dialogue.Server.EightBitMime ? MailTransferEncoding.EightBit : MailTransferEncoding.SevenBit;
        try
        {
            transaction.Writer.IsInUse = true;
            var writing = transaction.Job.Content.WriteAsync(encoding, transaction.Writer, Wire.Token);
            if (writing.IsCompletedSuccessfully)
            {
                writing.GetAwaiter().GetResult();
                transaction.Writer.IsInUse = false;
                return true;
            }

            await AwaitAsync(transaction, writing.AsTask()).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not SmtpDialogueException)
        {
            transaction.Job.ResolveRest(MailRecipientStatus.NotSent, SmtpStage.Data, null, SmtpFailures.Content(e));
            return false;
        }
    }

    /// <summary>Restarts the clock: the content has made progress.</summary>
    public void Progress() => Wire.Arm(options.BlockTimeout);

    /// <summary>Sends what the writer holds, after the envelope if this is the first block.</summary>
    /// <returns>Whether more is wanted.</returns>
    public async ValueTask<bool> SendBlockAsync(SmtpTransaction transaction)
    {
        var writer = transaction.Writer;
        if (writer.Streamed == 0 && !IsTooLarge(transaction, transaction.Job.Content.EstimatedSize ?? 0))
        {
            await BeginAsync(transaction).ConfigureAwait(false);
        }

        if (transaction.Stage != SmtpStage.Content || transaction.IsAbandoned)
        {
            return false;
        }

        ThrowIfTooLarge(transaction);
        DotStuffing.Append(writer.Content, Wire.Output, writer.AtLineStart);
        await dialogue.FlushAsync().ConfigureAwait(false);
        Progress();
        return true;
    }

    /// <summary>Sends the rest and the final dot.</summary>
    /// <returns>Whether the server answered it; false when it wanted none.</returns>
    public async ValueTask<bool> EndAsync(SmtpTransaction transaction)
    {
        if (transaction.Stage != SmtpStage.Content)
        {
            return false;
        }

        transaction.Writer.Finish();
        ThrowIfTooLarge(transaction);
        await dialogue.ExpectSilenceAsync().ConfigureAwait(false);
        dialogue.AppendContentAndDot(transaction);
        await dialogue.FlushAsync().ConfigureAwait(false);
        await dialogue.ReadContentAsync(transaction, isLast: true).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether a mail that is completely written is larger than the server takes; if so, that is recorded.</summary>
    public bool IsTooLarge(SmtpTransaction transaction)
    {
        transaction.Writer.Finish();
        return IsTooLarge(transaction, transaction.Writer.Content.Length);
    }

    private bool IsTooLarge(SmtpTransaction transaction, long size)
    {
        if (dialogue.Server.MaxSize == 0 || size <= dialogue.Server.MaxSize)
        {
            return false;
        }

        transaction.Job.ResolveRest(MailRecipientStatus.Refused, SmtpStage.Data, null, SmtpFailures.TooLarge(size, dialogue.Server.MaxSize));
        return true;
    }

    // Only closing the connection takes back content that is half sent.
    private void ThrowIfTooLarge(SmtpTransaction transaction)
    {
        if (IsTooLarge(transaction, transaction.Writer.Streamed + transaction.Writer.Content.Length))
        {
            throw new SmtpDialogueException(SmtpFailures.TooLarge(transaction.Writer.Streamed, dialogue.Server.MaxSize));
        }
    }

    private async Task AwaitAsync(SmtpTransaction transaction, Task writing)
    {
        try
        {
            await writing.WaitAsync(Wire.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not SmtpDialogueException)
        {
            ThrowIfBroken(transaction, writing, e);
            throw;
        }

        // Content may swallow the exception by which it learnt of a broken connection.
        ThrowIfBroken(transaction, writing, null);
    }

    private void ThrowIfBroken(SmtpTransaction transaction, Task writing, Exception? e)
    {
        transaction.Writer.IsInUse = !writing.IsCompleted;
        if (transaction.Writer.Failure is { } failure)
        {
            throw failure as SmtpDialogueException ?? new SmtpDialogueException(SmtpFailures.Lost("the content"), failure);
        }

        if (Wire.Token.IsCancellationRequested)
        {
            throw new SmtpDialogueException(SmtpFailures.ContentTooSlow(options.BlockTimeout), e);
        }

        if (e is not null && transaction.Writer.IsStreaming && transaction.Stage == SmtpStage.Content)
        {
            throw new SmtpDialogueException(SmtpFailures.Content(e), e);
        }
    }

    private async ValueTask BeginAsync(SmtpTransaction transaction)
    {
        var size = transaction.Job.Content.EstimatedSize ?? 0;
        await dialogue.ExpectSilenceAsync().ConfigureAwait(false);
        if (dialogue.Server.Pipelining && options.Pipelining)
        {
            var reset = dialogue.AppendEnvelope(transaction, size);
            await dialogue.FlushAsync().ConfigureAwait(false);
            await dialogue.ReadEnvelopeAsync(transaction, reset).ConfigureAwait(false);
        }
        else
        {
            await dialogue.ExchangeEnvelopeAsync(transaction, size).ConfigureAwait(false);
        }

        if (transaction.HasAccepted)
        {
            dialogue.AppendData();
            await dialogue.FlushAsync().ConfigureAwait(false);
            await dialogue.ReadDataAsync(transaction).ConfigureAwait(false);
        }
    }
}
