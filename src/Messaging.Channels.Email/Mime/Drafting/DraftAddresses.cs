namespace Messaging.Channels.Email;

/// <summary>Reads who sends and who receives.</summary>
internal static class DraftAddresses
{
    public static DraftProblem? Read(MailDraft draft)
    {
        var message = draft.Message;
        var recipients = 1 + message.Cc.Count + message.Bcc.Count;
        if (recipients > draft.Settings.MaxRecipients)
        {
            return new("To", $"The mail has {recipients} recipients, and the account allows {draft.Settings.MaxRecipients} (MaxRecipients). Send several.");
        }

        return ReadFrom(draft) ?? ReadReplyTo(draft) ?? ReadTo(draft)
            ?? ReadMany("Cc", message.Cc, static (d, list) => d.Cc = list, draft)
            ?? ReadMany("Bcc", message.Bcc, static (d, list) => d.Bcc = list, draft);
    }

    private static DraftProblem? ReadFrom(MailDraft draft)
    {
        if (draft.Message.From is null)
        {
            draft.From = draft.Settings.From ?? default;
            return draft.Settings.From is null
                ? new("From", "The message names no sender and the account has none. Set From of the account or of the request.", RejectionReason.InvalidAddress)
                : null;
        }

        if (!MailboxParser.TryParse(draft.Message.From, out var from, out var problem))
        {
            return new("From", $"The sender cannot be used: {problem}.", RejectionReason.InvalidAddress);
        }

        draft.From = from;
        return null;
    }

    private static DraftProblem? ReadReplyTo(MailDraft draft)
    {
        if (draft.Message.ReplyTo is null)
        {
            return null;
        }

        if (!MailboxParser.TryParseList(draft.Message.ReplyTo, out var mailboxes, out var problem))
        {
            return new("ReplyTo", $"The address for answers cannot be used: {problem}.", RejectionReason.InvalidAddress);
        }

        draft.ReplyTo = mailboxes;
        return null;
    }

    private static DraftProblem? ReadTo(MailDraft draft)
    {
        var problem = ReadRecipient("To", draft.Message.To, FailureScope.Address, out var mailbox);
        draft.To = mailbox;
        return problem;
    }

    private static DraftProblem? ReadMany(
        string field, IReadOnlyList<OutboundRecipient> recipients, Action<MailDraft, Mailbox[]> set, MailDraft draft)
    {
        if (recipients.Count == 0)
        {
            return null;
        }

        var mailboxes = new Mailbox[recipients.Count];
        for (var i = 0; i < mailboxes.Length; i++)
        {
            if (ReadRecipient($"{field}[{i}]", recipients[i], FailureScope.Message, out mailboxes[i]) is { } problem)
            {
                return problem;
            }
        }

        set(draft, mailboxes);
        return null;
    }

    private static DraftProblem? ReadRecipient(string field, OutboundRecipient recipient, FailureScope scope, out Mailbox mailbox)
    {
        mailbox = default;
        if (recipient.Name is not null && HeaderText.HasBreak(recipient.Name))
        {
            return new($"{field}.Name", "It holds a line break or NUL, which could begin another header. Take it out.");
        }

        if (!MailboxParser.TryParseAddress(recipient.Address.Value, out var address, out var problem))
        {
            return new(field, $"The address cannot be used: {problem}.", RejectionReason.InvalidAddress, scope);
        }

        mailbox = new Mailbox(recipient.Name, address);
        return null;
    }
}
