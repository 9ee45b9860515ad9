using System.Runtime.CompilerServices;
using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Speaks the parts of a transaction: writes them into the output, sends it, reads what the server says.</summary>
internal sealed class SmtpDialogue(SmtpWire wire, SmtpCapabilities server, SmtpOptions options)
{
    private bool _mustReset;

    public SmtpCapabilities Server => server;

    public SmtpWire Wire => wire;

    /// <summary>Gets whether the server announced that it closes the connection.</summary>
    public bool SaidGoodbye { get; private set; }

    /// <summary>Appends MAIL and every RCPT, after an RSET when the last transaction was left open.</summary>
    /// <returns>Whether RSET is among them.</returns>
    public bool AppendEnvelope(SmtpTransaction transaction, long size)
    {
        var reset = _mustReset;
        if (reset)
        {
            AppendCommand("RSET\r\n"u8);
        }

        AppendMail(transaction, size);
        foreach (var recipient in transaction.Offered)
        {
            AppendRecipient(transaction, recipient);
        }

        return reset;
    }

    /// <summary>Reads the replies to what <see cref="AppendEnvelope"/> wrote.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ReadEnvelopeAsync(SmtpTransaction transaction, bool reset)
    {
        if (reset)
        {
            await ReadResetAsync().ConfigureAwait(false);
        }

        transaction.JudgeSender(await ReadAsync("MAIL").ConfigureAwait(false));
        var isOpen = transaction.Stage == SmtpStage.Recipient;
        foreach (var recipient in transaction.Offered)
        {
            var reply = await ReadAsync("RCPT").ConfigureAwait(false);
            if (isOpen)
            {
                transaction.JudgeRecipient(recipient, reply);
            }
        }

        _mustReset = isOpen && !transaction.HasAccepted;
        transaction.MayBeDelivered &= transaction.HasAccepted;
    }

    /// <summary>Says the envelope command by command, for servers without PIPELINING.</summary>
    public async ValueTask ExchangeEnvelopeAsync(SmtpTransaction transaction, long size)
    {
        await ExpectSilenceAsync().ConfigureAwait(false);
        if (_mustReset)
        {
            AppendCommand("RSET\r\n"u8);
            await FlushAsync().ConfigureAwait(false);
            await ReadResetAsync().ConfigureAwait(false);
        }

        AppendMail(transaction, size);
        await FlushAsync().ConfigureAwait(false);
        transaction.JudgeSender(await ReadAsync("MAIL").ConfigureAwait(false));
        if (transaction.Stage != SmtpStage.Recipient)
        {
            return;
        }

        foreach (var recipient in transaction.Offered)
        {
            await ExpectSilenceAsync().ConfigureAwait(false);
            AppendRecipient(transaction, recipient);
            await FlushAsync().ConfigureAwait(false);
            transaction.JudgeRecipient(recipient, await ReadAsync("RCPT").ConfigureAwait(false));
        }

        _mustReset = !transaction.HasAccepted;
    }

    public void AppendData() => AppendCommand("DATA\r\n"u8);

    /// <summary>Reads the reply to DATA.</summary>
    /// <returns>Whether the server waits for the content, or at least for its end.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadDataAsync(SmtpTransaction transaction)
    {
        transaction.Stage = SmtpStage.Data;
        var reply = await wire.ReadReplyAsync(keepText: false, options.DataTimeout, "DATA").ConfigureAwait(false);
        if (reply.Code == 354)
        {
            transaction.IsAbandoned = !transaction.HasAccepted;
            transaction.Stage = SmtpStage.Content;
            _mustReset = false;
            return true;
        }

        transaction.JudgeData(reply);
        _mustReset |= transaction.HasAccepted;
        return false;
    }

    /// <summary>Appends the content, or what is left of it, and the final dot.</summary>
    public void AppendContentAndDot(SmtpTransaction transaction)
    {
        if (!transaction.IsAbandoned)
        {
            DotStuffing.Append(transaction.Writer.Content, wire.Output, transaction.Writer.AtLineStart);
            transaction.MayBeDelivered = true;
        }

        wire.Output.Append(".\r\n"u8);
    }

    /// <summary>Appends the whole content as one BDAT.</summary>
    public void AppendBdat(SmtpTransaction transaction)
    {
        var start = wire.Output.Length;
        SmtpCommands.AppendBdat(wire.Output, transaction.Writer.Content.Length);
        Log(start);
        wire.Output.Append(transaction.Writer.Content);
        transaction.MayBeDelivered = true;
    }

    /// <summary>Reads the reply to the content.</summary>
    /// <param name="transaction">The transaction that ends with it.</param>
    /// <param name="isLast">Whether no further reply is due, so that anything more is out of step.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SmtpReply> ReadContentAsync(SmtpTransaction transaction, bool isLast)
    {
        var reply = await wire.ReadReplyAsync(keepText: true, options.CompletionTimeout, "the end of the content").ConfigureAwait(false);
        if (isLast && wire.HasInput && reply.Code != 421 && !await SaysGoodbyeAsync().ConfigureAwait(false))
        {
            // One reply too many: which of them was about our mail, nobody can say.
            throw SmtpDialogueException.Protocol("there are more replies than commands.");
        }

        SaidGoodbye |= reply.Code == 421;
        if (!transaction.IsAbandoned)
        {
            transaction.JudgeContent(reply);
        }

        return reply;
    }

    /// <summary>Reads the reply to a BDAT sent when nobody was accepted: it was in the same write.</summary>
    public async ValueTask SkipContentReplyAsync()
    {
        await wire.ReadReplyAsync(keepText: false, options.CompletionTimeout, "BDAT").ConfigureAwait(false);
        _mustReset = true;
    }

    /// <summary>Makes the next transaction begin with RSET: after a refused BDAT nobody knows the state (RFC 3030 §2).</summary>
    public void ResetNext() => _mustReset = true;

    public ValueTask FlushAsync() => wire.FlushAsync(options.BlockTimeout);

    /// <summary>
    /// Fails when the server has said more than it was asked for, or when the mail was given up or the time ran out just as the last
    /// reply came: before a group, not after it has left. Content that never left is not in doubt.
    /// </summary>
    public ValueTask ExpectSilenceAsync()
    {
        wire.ThrowIfOver();
        return wire.HasInput ? HearAsync() : default;
    }

    private void AppendMail(SmtpTransaction transaction, long size)
    {
        var start = wire.Output.Length;
        var hasEightBit = transaction.Writer.IsStreaming || !Ascii.IsValid(transaction.Writer.Content);
        SmtpCommands.AppendMail(wire.Output, server, transaction.Job.Envelope, size, hasEightBit, transaction.NeedsUtf8);
        Log(start);
    }

    private void AppendRecipient(SmtpTransaction transaction, int recipient)
    {
        var start = wire.Output.Length;
        SmtpCommands.AppendRecipient(wire.Output, server, transaction.Job.Envelope.Recipients[recipient]);
        Log(start);
    }

    private ValueTask<SmtpReply> ReadAsync(string command) => wire.ReadReplyAsync(keepText: false, options.CommandTimeout, command);

    private async ValueTask ReadResetAsync()
    {
        var reply = await ReadAsync("RSET").ConfigureAwait(false);
        if (!reply.IsPositive)
        {
            throw SmtpDialogueException.Unexpected("RSET", reply);
        }

        _mustReset = false;
    }

    private async ValueTask<bool> SaysGoodbyeAsync() =>
        SaidGoodbye = (await ReadAsync("nothing").ConfigureAwait(false)).Code == 421;

    private async ValueTask HearAsync()
    {
        var reply = await ReadAsync("nothing").ConfigureAwait(false);
        throw reply.Code == 421
            ? SmtpDialogueException.Unexpected("nothing", reply)
            : SmtpDialogueException.Protocol("there are more replies than commands.");
    }

    private void AppendCommand(ReadOnlySpan<byte> command)
    {
        var start = wire.Output.Length;
        wire.Output.Append(command);
        Log(start);
    }

    private void Log(int start) => options.ProtocolLog?.Client(wire.Output.Span[start..].TrimEnd("\r\n"u8));
}
