namespace Messaging.Channels.Email;

/// <summary>What all mails of an account have in common, read and checked once.</summary>
internal sealed record EmailSettings
{
    /// <summary>Gets the sender of mails that name none; null when every mail must.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Gets the return path; null means the sender, empty the null return path.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>Gets the right side of Message-IDs; null means the sender's domain.</summary>
    public string? MessageIdDomain { get; init; }

    /// <summary>Gets the largest content in octets, as given.</summary>
    public long MaxMessageBytes { get; init; } = EmailOptions.DefaultMaxMessageBytes;

    /// <summary>Gets the most recipients of one mail.</summary>
    public int MaxRecipients { get; init; } = EmailOptions.DefaultMaxRecipients;

    /// <summary>Gets when servers shall report.</summary>
    public DsnNotify Notify { get; init; }

    /// <summary>Gets how much of the mail a report holds.</summary>
    public DsnReturn Return { get; init; }

    /// <summary>Gets who signs; null for nobody.</summary>
    public DkimSigner? Signer { get; init; }

    /// <summary>Reads options that passed their rules.</summary>
    public static EmailSettings Of(EmailOptions options) => new()
    {
        From = MailboxParser.TryParse(options.From, out var from, out _) ? from : null,
        ReturnPath = ReturnPathOf(options.ReturnPath),
        MessageIdDomain = options.MessageIdDomain is { } name && MailDomain.Normalize(name, out var domain) is null ? domain : null,
        MaxMessageBytes = options.MaxMessageBytes,
        MaxRecipients = options.MaxRecipients,
        Notify = options.Notify,
        Return = options.Return,
        Signer = options.Dkim is null ? null : new DkimSigner(options.Dkim),
    };

    private static string? ReturnPathOf(string? text) =>
        text == "<>" ? "" : MailboxParser.TryParseAddress(text, out var address, out _) ? address : null;
}
