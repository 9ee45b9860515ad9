namespace Messaging.Channels.Email;

/// <summary>A message whose every part was checked, so that writing it cannot fail for what the caller gave.</summary>
internal sealed class MailDraft(OutboundMessage message, EmailSettings settings)
{
    public OutboundMessage Message { get; } = message;

    public EmailSettings Settings { get; } = settings;

    public Mailbox From { get; set; }

    public Mailbox? Sender { get; set; }

    public IReadOnlyList<Mailbox> ReplyTo { get; set; } = [];

    public Mailbox To { get; set; }

    public Mailbox[] Cc { get; set; } = [];

    public Mailbox[] Bcc { get; set; } = [];

    /// <summary>Gets or sets the Message-ID with its brackets; the same on every attempt.</summary>
    public string MessageId { get; set; } = "";

    /// <summary>Gets or sets the subject, valid UTF-8.</summary>
    public ReadOnlyMemory<byte> Subject { get; set; }

    /// <summary>Gets or sets the text, valid UTF-8; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Text { get; set; }

    /// <summary>Gets or sets the html, valid UTF-8; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Html { get; set; }

    /// <summary>Gets whether the header has to carry what only SMTPUTF8 can.</summary>
    public bool NeedsSmtpUtf8 => From.NeedsSmtpUtf8 || To.NeedsSmtpUtf8 || Sender is { NeedsSmtpUtf8: true }
        || AnyNeedsSmtpUtf8(ReplyTo) || AnyNeedsSmtpUtf8(Cc);

    /// <summary>Whether an attachment is shown within the html.</summary>
    public bool IsInline(OutboundAttachment attachment) => attachment.ContentId is not null && !Html.IsEmpty;

    private static bool AnyNeedsSmtpUtf8(IReadOnlyList<Mailbox> mailboxes)
    {
        for (var i = 0; i < mailboxes.Count; i++)
        {
            if (mailboxes[i].NeedsSmtpUtf8)
            {
                return true;
            }
        }

        return false;
    }
}
