namespace Messaging.Channels.Email;

/// <summary>Reads 5xx replies.</summary>
internal static class PermanentReplies
{
    public static MailVerdict Classify(SmtpReply reply, SmtpStage stage)
    {
        if (IsAboutCredentials(reply, stage))
        {
            return Refused(MailReason.AuthenticationFailed, MailScope.Account);
        }

        if (TransientReplies.IsTooManyRecipients(reply, stage))
        {
            return new(MailDisposition.Retry, MailReason.TooManyRecipients, MailScope.Message);
        }

        return IsOurMistake(reply)
            ? Refused(MailReason.ProtocolError, MailScope.Message)
            : ByEnhancedCode(reply, stage) ?? ByCode(reply.Code, stage);
    }

    private static bool IsAboutCredentials(SmtpReply reply, SmtpStage stage) =>
        stage == SmtpStage.Authentication
        || reply.Code is 530 or 534 or 535 or 538
        || reply.EnhancedCode is { Subject: 7, Detail: 8 or 9 };

    // 5.5.0 under a 55x is how some consumer services spell "no such user", so there the plain code counts.
    private static bool IsOurMistake(SmtpReply reply) =>
        reply.Code is (>= 500 and <= 504) or 555
        || (reply.EnhancedCode is { Subject: 5 } && reply.Code is not (550 or 551 or 552 or 553));

    private static MailVerdict? ByEnhancedCode(SmtpReply reply, SmtpStage stage) => reply.EnhancedCode switch
    {
        { Subject: 1, Detail: 7 or 8 } => Refused(MailReason.SenderRejected, MailScope.Sender),
        { Subject: 1 or 7 } when stage == SmtpStage.Sender => Refused(MailReason.SenderRejected, MailScope.Sender),
        { Subject: 1, Detail: 1 or 2 or 3 or 6 or 10 } => Refused(MailReason.UnknownRecipient, MailScope.Address),
        { Subject: 2, Detail: 1 } => Refused(MailReason.MailboxDisabled, MailScope.Address),
        { Subject: 2, Detail: 2 } => Refused(MailReason.MailboxFull, MailScope.Address),
        { Subject: 2, Detail: 3 } or { Subject: 3, Detail: 4 } => Refused(MailReason.TooLarge, MailScope.Message),
        { Subject: 3 } => Refused(MailReason.ServerUnavailable, MailScope.Message),
        { Subject: 4 } => Refused(MailReason.RoutingFailed, MailScope.Message),
        { Subject: 6 } => Refused(MailReason.ContentRejected, MailScope.Message),
        { Subject: 7 } => Refused(MailReason.PolicyRejected, MailScope.Message),
        _ => null,
    };

    private static MailVerdict ByCode(int code, SmtpStage stage) => (stage, code) switch
    {
        (SmtpStage.Recipient, 550 or 551 or 553 or 556) => Refused(MailReason.UnknownRecipient, MailScope.Address),
        (SmtpStage.Recipient, 552) => Refused(MailReason.MailboxFull, MailScope.Address),
        (SmtpStage.Sender, 550 or 551 or 553) => Refused(MailReason.SenderRejected, MailScope.Sender),
        (_, 552) => Refused(MailReason.TooLarge, MailScope.Message),
        _ => Refused(MailReason.PolicyRejected, MailScope.Message),
    };

    private static MailVerdict Refused(MailReason reason, MailScope scope) => new(MailDisposition.Permanent, reason, scope);
}
