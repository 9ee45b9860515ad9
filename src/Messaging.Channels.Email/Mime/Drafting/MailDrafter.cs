using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Messaging.Channels.Email;

/// <summary>Checks a message and reads its addresses. What can break a header stops here, with an error that names the field.</summary>
internal static class MailDrafter
{
    public static bool TryDraft(
        OutboundMessage message, EmailSettings settings,
        [NotNullWhen(true)] out MailDraft? draft, [NotNullWhen(false)] out DraftProblem? problem)
    {
        draft = new MailDraft(message, settings);
        problem = DraftAddresses.Read(draft)
            ?? ReadContent(draft)
            ?? DraftExtras.Check(draft)
            ?? DraftAttachments.Check(message.Attachments)
            ?? CheckSize(draft);
        if (problem is not null)
        {
            draft = null;
            return false;
        }

        draft.MessageId = MessageIdOf(message, settings, draft.From);
        return true;
    }

    private static string MessageIdOf(OutboundMessage message, EmailSettings settings, in Mailbox from) =>
        $"<{message.DeliveryId.Value:N}@{settings.MessageIdDomain ?? from.Domain}>";

    private static DraftProblem? ReadContent(MailDraft draft)
    {
        var message = draft.Message;
        if (HeaderText.HasBreak(message.Subject.Utf8.Span))
        {
            return new("Subject", "It holds a line break or NUL, which could begin another header. Take it out.");
        }

        if (message.Subject.IsEmpty && message.Text.IsEmpty && message.Html.IsEmpty && message.Attachments.Count == 0)
        {
            return new("Content", "The message is empty. Give it a subject, a text, html or an attachment.");
        }

        draft.Subject = Repair(message.Subject.Utf8);
        draft.Text = Repair(message.Text.Utf8);
        draft.Html = Repair(message.Html.Utf8);
        return null;
    }

    // What says utf-8 must be utf-8, or readers guess.
    private static ReadOnlyMemory<byte> Repair(ReadOnlyMemory<byte> text) =>
        Utf8.IsValid(text.Span) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.Span));

    private static DraftProblem? CheckSize(MailDraft draft)
    {
        var size = (long)draft.Subject.Length + draft.Text.Length + draft.Html.Length;
        for (var i = 0; i < draft.Message.Attachments.Count; i++)
        {
            size += draft.Message.Attachments[i].Size ?? 0;
        }

        return size > draft.Settings.MaxMessageBytes ? TooLarge(draft.Settings) : null;
    }

    /// <summary>Says that the content is more than the account allows.</summary>
    public static DraftProblem TooLarge(EmailSettings settings) => new(
        "Content",
        $"Text, html and attachments have more than the {settings.MaxMessageBytes} bytes that the account allows (MaxMessageBytes). "
            + "Send less, link to the file, or raise the limit when the server takes more.",
        RejectionReason.TooLarge);
}
