namespace Messaging.Channels.Email;

/// <summary>Makes the envelope of a mail.</summary>
internal static class MailEnvelopes
{
    public static MailEnvelope Of(MailDraft draft)
    {
        var settings = draft.Settings;
        var recipients = new MailRecipient[1 + draft.Cc.Length + draft.Bcc.Length];
        var at = 0;
        Add(recipients, ref at, draft.To, settings.Notify);
        Add(recipients, ref at, draft.Cc, settings.Notify);
        Add(recipients, ref at, draft.Bcc, settings.Notify);
        return new MailEnvelope
        {
            From = settings.ReturnPath ?? draft.From.Address,
            Recipients = recipients,
            EnvelopeId = draft.Message.DeliveryId.Value.ToString("N"), // bounces that answer come back with it
            Return = settings.Return,
        };
    }

    private static void Add(MailRecipient[] recipients, ref int at, ReadOnlySpan<Mailbox> mailboxes, DsnNotify notify)
    {
        foreach (var mailbox in mailboxes)
        {
            Add(recipients, ref at, mailbox, notify);
        }
    }

    private static void Add(MailRecipient[] recipients, ref int at, in Mailbox mailbox, DsnNotify notify) =>
        recipients[at++] = new MailRecipient(mailbox.Address) { Notify = notify };
}
