namespace Messaging.Channels.Email;

/// <summary>A failure that is not simply a reply to this mail: no connection, a timeout, a broken dialogue.</summary>
/// <param name="Kind">What failed.</param>
/// <param name="Why">What happened and what to do, without addresses and secrets.</param>
/// <param name="Reply">The server's last words, when there were any.</param>
public sealed record MailFailure(MailFailureKind Kind, string Why, SmtpReply? Reply = null);
