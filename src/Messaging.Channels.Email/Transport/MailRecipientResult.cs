namespace Messaging.Channels.Email;

/// <summary>What became of a mail for one recipient.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Stage">Where in the dialogue it was decided.</param>
/// <param name="Reply">The server's reply that decided, if one did.</param>
/// <param name="Failure">What went wrong, when no reply says so.</param>
public readonly record struct MailRecipientResult(
    MailRecipientStatus Status, SmtpStage Stage, SmtpReply? Reply = null, MailFailure? Failure = null)
{
    /// <summary>Gets what to make of it: retry or not, why, and whose fault it is.</summary>
    public MailVerdict Verdict => SmtpReplyClassifier.Classify(this);
}
