namespace Messaging.Channels.Email;

/// <summary>
/// Says what a result means: the one place where reply codes become decisions. The enhanced code (RFC 3463) wins over the plain
/// one, and the stage decides what neither says: 550 at MAIL FROM is about the sender, at RCPT TO about the recipient, after the
/// content about the mail.
/// </summary>
public static class SmtpReplyClassifier
{
    /// <summary>Classifies what became of a mail for one recipient.</summary>
    public static MailVerdict Classify(MailRecipientResult result) => result.Status switch
    {
        MailRecipientStatus.Accepted => new(MailDisposition.Accepted, MailReason.None, MailScope.Message),
        MailRecipientStatus.Unconfirmed => Classify(result.Failure, result.Stage) with { Disposition = MailDisposition.Unconfirmed },
        _ when result.Failure is { } failure => Classify(failure, result.Stage),
        _ when result.Reply is { } reply => Classify(reply, result.Stage),
        _ => new(MailDisposition.NotSent, MailReason.ConnectionFailed, MailScope.Account),
    };

    /// <summary>Classifies a negative reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="stage">The command that it answers.</param>
    public static MailVerdict Classify(SmtpReply reply, SmtpStage stage)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return reply switch
        {
            { IsTransient: true } => TransientReplies.Classify(reply, stage),
            { IsPermanent: true } => PermanentReplies.Classify(reply, stage),
            _ => new(MailDisposition.Permanent, MailReason.ProtocolError, MailScope.Message),
        };
    }

    private static MailVerdict Classify(MailFailure? failure, SmtpStage stage) => failure?.Kind switch
    {
        MailFailureKind.Authentication => Authentication(failure.Reply),
        MailFailureKind.Greeting => Greeting(failure.Reply),
        MailFailureKind.Tls or MailFailureKind.Certificate => NotSent(MailReason.TlsFailed, MailScope.Account),
        MailFailureKind.Timeout => NotSent(MailReason.Timeout, MailScope.Account),
        MailFailureKind.Protocol => NotSent(MailReason.ProtocolError, MailScope.Account),
        MailFailureKind.Canceled or MailFailureKind.Disposed => NotSent(MailReason.Canceled, MailScope.Message),
        MailFailureKind.Content => NotSent(MailReason.ContentFailed, MailScope.Message),
        MailFailureKind.TooLarge => new(MailDisposition.Permanent, MailReason.TooLarge, MailScope.Message),
        MailFailureKind.InvalidAddress or MailFailureKind.NeedsSmtpUtf8 =>
            new(MailDisposition.Permanent, MailReason.InvalidAddress, ScopeOfAddress(stage)),
        _ => NotSent(MailReason.ConnectionFailed, MailScope.Account),
    };

    private static MailScope ScopeOfAddress(SmtpStage stage) => stage switch
    {
        SmtpStage.Sender => MailScope.Sender,
        SmtpStage.Recipient => MailScope.Address,
        _ => MailScope.Message,
    };

    // A temporary failure of the server's user database, or of our token source, is no reason to stop the account for good.
    private static MailVerdict Authentication(SmtpReply? reply) => reply is { IsPermanent: true }
        ? new(MailDisposition.Permanent, MailReason.AuthenticationFailed, MailScope.Account)
        : NotSent(MailReason.AuthenticationFailed, MailScope.Account);

    private static MailVerdict Greeting(SmtpReply? reply) => reply is { IsTransient: true }
        ? TransientReplies.Classify(reply, SmtpStage.Connect)
        : NotSent(MailReason.ServerUnavailable, MailScope.Account);

    private static MailVerdict NotSent(MailReason reason, MailScope scope) => new(MailDisposition.NotSent, reason, scope);
}
