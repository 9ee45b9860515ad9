namespace Messaging.Channels.Email;

/// <summary>What became of one mail: a result per recipient.</summary>
public sealed class MailResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="recipients">One result per recipient, in the order of the envelope.</param>
    /// <param name="reply">The server's answer to the content, when there is one.</param>
    public MailResult(IReadOnlyList<MailRecipientResult> recipients, SmtpReply? reply = null)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        Recipients = recipients;
        Reply = reply;
    }

    /// <summary>Gets one result per recipient, in the order of <see cref="MailEnvelope.Recipients"/>.</summary>
    public IReadOnlyList<MailRecipientResult> Recipients { get; }

    /// <summary>Gets the server's answer to the content; its text often names the queue id. Null when it gave none.</summary>
    public SmtpReply? Reply { get; }

    /// <summary>Gets whether the server took the mail for every recipient. Taken is not delivered: a bounce may follow.</summary>
    public bool IsAccepted
    {
        get
        {
            for (var i = 0; i < Recipients.Count; i++)
            {
                if (Recipients[i].Status != MailRecipientStatus.Accepted)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Makes a result that is the same for every recipient.</summary>
    /// <param name="count">The number of recipients.</param>
    /// <param name="recipient">What became of each.</param>
    public static MailResult ForAll(int count, MailRecipientResult recipient)
    {
        var recipients = new MailRecipientResult[count];
        Array.Fill(recipients, recipient);
        return new MailResult(recipients, recipient.Stage == SmtpStage.Content ? recipient.Reply : null);
    }
}
