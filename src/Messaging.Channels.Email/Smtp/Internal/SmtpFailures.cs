namespace Messaging.Channels.Email;

/// <summary>The texts of failures: what happened, why, and what to do; never an address or a secret.</summary>
internal static class SmtpFailures
{
    public static MailFailure TimedOut(string at, TimeSpan timeout) => new(
        MailFailureKind.Timeout, FormattableString.Invariant($"The server took longer than {timeout.TotalSeconds:0.###} s at {at}."));

    public static MailFailure Lost(string at) => new(MailFailureKind.ConnectionLost, $"The connection was lost at {at}.");

    public static MailFailure Canceled { get; } = new(MailFailureKind.Canceled, "The caller cancelled.");

    public static MailFailure Disposed { get; } = new(
        MailFailureKind.Disposed, "The transport was disposed before the mail had its turn. Allow more time with SmtpOptions.DrainTimeout.");

    public static MailFailure SenderNeedsUtf8 { get; } = new(
        MailFailureKind.NeedsSmtpUtf8,
        "The sender's address is internationalised and the server does not offer SMTPUTF8. Send from an ASCII address, or use a server that does.");

    public static MailFailure RecipientNeedsUtf8 { get; } = new(
        MailFailureKind.NeedsSmtpUtf8,
        "The recipient's address is internationalised and the server does not offer SMTPUTF8. Ask for another address, or use a server that does.");

    public static MailFailure HeaderNeedsUtf8 { get; } = new(
        MailFailureKind.NeedsSmtpUtf8,
        "A header carries an internationalised address and the server does not offer SMTPUTF8. Use ASCII addresses, or a server that does.");

    public static MailFailure TooLarge(long size, long limit) => new(
        MailFailureKind.TooLarge,
        FormattableString.Invariant($"The mail has {size} octets and the server takes {limit} (SIZE). Send less, or link to attachments."));

    public static MailFailure Address(string field, string problem) => new(
        MailFailureKind.InvalidAddress, $"{field} cannot be used in an envelope: {problem}");

    public static MailFailure Envelope(string problem) => new(MailFailureKind.InvalidAddress, problem);

    public static MailFailure Content(Exception e) => new(
        MailFailureKind.Content, $"The content could not be written ({e.GetType().Name}).");

    public static MailFailure ContentTooSlow(TimeSpan timeout) => new(
        MailFailureKind.Content,
        FormattableString.Invariant($"The content produced nothing for {timeout.TotalSeconds:0.###} s (SmtpOptions.BlockTimeout)."));
}
