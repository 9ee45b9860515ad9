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
            Recipients = draft.Message.OnlyFor is { Count: > 0 } only ? Pick(recipients, only) : recipients,
            EnvelopeId = draft.Message.DeliveryId.Value.ToString("N"), // bounces that answer come back with it
            Return = settings.Return,
        };
    }

    /// <summary>The header names everybody; the envelope only those who have no answer yet.</summary>
    private static MailRecipient[] Pick(MailRecipient[] recipients, IReadOnlyList<int> places)
    {
        var picked = new MailRecipient[places.Count];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = recipients[places[i]];
        }

        return picked;
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
