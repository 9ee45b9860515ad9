namespace Messaging.Channels.Email;

/// <summary>One MAIL … end of data: which recipients are in it, what the server said of them, and the content.</summary>
internal sealed class SmtpTransaction : IDisposable
{
    private readonly List<int> _accepted = [];
    private int _judged;

    public SmtpTransaction(SmtpContentTransfer transfer) => Writer = new SmtpContentWriter(this, transfer);

    /// <summary>Gets the mail; set by <see cref="Begin"/>.</summary>
    public MailJob Job { get; private set; } = null!;

    /// <summary>Gets the recipients given in this transaction, as positions in the envelope.</summary>
    public List<int> Offered { get; } = [];

    public bool HasAccepted => _accepted.Count > 0;

    public bool NeedsUtf8 { get; private set; }

    public SmtpContentWriter Writer { get; }

    /// <summary>Gets or sets how far the dialogue got.</summary>
    public SmtpStage Stage { get; set; }

    /// <summary>Gets or sets whether the end of the data has begun to leave, so that only a reply tells what became of it.</summary>
    public bool MayBeDelivered { get; set; }

    /// <summary>Gets or sets whether the server waits for content although nobody was accepted: it gets none.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Starts with the recipients of <paramref name="job"/> who are still undecided.</summary>
    /// <returns>Whether there is somebody to send to; if not, everything is decided.</returns>
    public bool Begin(MailJob job, SmtpCapabilities server, int maxRecipients)
    {
        Job = job;
        Stage = SmtpStage.Sender;
        MayBeDelivered = IsAbandoned = false;
        _judged = 0;
        _accepted.Clear();
        Offered.Clear();
        Writer.Reset();
        if (EnvelopeRules.Refuse(job, server, out var senderNeedsUtf8) is { } refusal)
        {
            job.ResolveRest(MailRecipientStatus.Refused, refusal.Stage, null, refusal.Failure);
            return false;
        }

        NeedsUtf8 = senderNeedsUtf8 || job.Content.RequiresSmtpUtf8;
        OfferRecipients(job, server, maxRecipients);
        return Offered.Count > 0;
    }

    /// <summary>Takes the reply to MAIL.</summary>
    public void JudgeSender(SmtpReply reply)
    {
        if (reply.IsPositive)
        {
            Stage = SmtpStage.Recipient;
            return;
        }

        MayBeDelivered = false;
        ThrowIfUnexpected(reply, "MAIL");
        Job.ResolveRest(MailRecipientStatus.Refused, SmtpStage.Sender, reply, null);
    }

    /// <summary>Takes the reply to one RCPT.</summary>
    public void JudgeRecipient(int recipient, SmtpReply reply)
    {
        _judged++;
        if (reply.IsPositive)
        {
            _accepted.Add(recipient);
            return;
        }

        if (reply.Code == 421)
        {
            MayBeDelivered &= HasAccepted;
        }

        ThrowIfUnexpected(reply, "RCPT");
        if (!HasAccepted || !TransientReplies.IsTooManyRecipients(reply, SmtpStage.Recipient))
        {
            // Else the recipient stays undecided and comes into the next transaction.
            Job.Resolve(recipient, MailRecipientStatus.Refused, SmtpStage.Recipient, reply, null);
        }
    }

    /// <summary>Takes a refusal of DATA.</summary>
    public void JudgeData(SmtpReply reply)
    {
        ThrowIfUnexpected(reply, "DATA");
        ResolveAccepted(MailRecipientStatus.Refused, SmtpStage.Data, reply, null);
    }

    /// <summary>Takes the reply to the content.</summary>
    public void JudgeContent(SmtpReply reply)
    {
        if (!reply.IsPositive && reply.Code < 400)
        {
            throw SmtpDialogueException.Unexpected("the end of the content", reply);
        }

        MayBeDelivered = false;
        Job.Reply = reply;
        var status = reply.IsPositive ? MailRecipientStatus.Accepted : MailRecipientStatus.Refused;
        ResolveAccepted(status, SmtpStage.Content, reply, null);
        if (!reply.IsPositive)
        {
            // What was refused for some will be refused for those still waiting.
            Job.ResolveRest(status, SmtpStage.Content, reply, null);
        }
    }

    /// <summary>Ends what is undecided because the connection failed.</summary>
    public void Fail(MailFailure failure)
    {
        if (MayBeDelivered)
        {
            MayBeDelivered = false;
            ResolveAccepted(MailRecipientStatus.Unconfirmed, SmtpStage.Content, null, failure);
            ResolveUnanswered(MailRecipientStatus.Unconfirmed, SmtpStage.Content, failure);
            Job.ResolveRest(MailRecipientStatus.NotSent, SmtpStage.Connect, null, failure);
        }
        else if (failure.Reply is { IsPositive: false, Code: >= 400 } reply)
        {
            Job.ResolveRest(MailRecipientStatus.Refused, Stage, reply, null);
        }
        else
        {
            var status = failure.Kind == MailFailureKind.TooLarge ? MailRecipientStatus.Refused : MailRecipientStatus.NotSent;
            Job.ResolveRest(status, Stage, null, failure);
        }
    }

    public void Dispose() => Writer.Dispose();

    private void OfferRecipients(MailJob job, SmtpCapabilities server, int maxRecipients)
    {
        for (var i = 0; i < job.Envelope.Recipients.Count && Offered.Count < maxRecipients; i++)
        {
            if (job.IsResolved(i))
            {
                continue;
            }

            if (EnvelopeRules.Refuse(job.Envelope.Recipients[i], server, out var needsUtf8) is { } failure)
            {
                job.Resolve(i, MailRecipientStatus.Refused, SmtpStage.Recipient, null, failure);
                continue;
            }

            NeedsUtf8 |= needsUtf8;
            Offered.Add(i);
        }
    }

    private void ResolveAccepted(MailRecipientStatus status, SmtpStage stage, SmtpReply? reply, MailFailure? failure)
    {
        foreach (var recipient in _accepted)
        {
            Job.Resolve(recipient, status, stage, reply, failure);
        }
    }

    // With BDAT in the same write the content left before anybody was accepted.
    private void ResolveUnanswered(MailRecipientStatus status, SmtpStage stage, MailFailure failure)
    {
        for (var i = _judged; i < Offered.Count; i++)
        {
            Job.Resolve(Offered[i], status, stage, null, failure);
        }
    }

    private static void ThrowIfUnexpected(SmtpReply reply, string command)
    {
        if (reply.Code is 421 or < 400)
        {
            throw SmtpDialogueException.Unexpected(command, reply);
        }
    }
}
