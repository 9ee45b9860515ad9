namespace Messaging.Channels.Email.Smtp;

/// <summary>The table of replies, row by row.</summary>
public sealed class SmtpReplyClassifierTests
{
    [Theory]
    [InlineData("421 4.3.2 shutting down", SmtpStage.Sender, MailDisposition.Retry, MailReason.ServerUnavailable, MailScope.Account)]
    [InlineData("421 rate limit exceeded", SmtpStage.Sender, MailDisposition.Throttled, MailReason.RateLimited, MailScope.Account)]
    [InlineData("421 4.7.28 unusual rate", SmtpStage.Content, MailDisposition.Throttled, MailReason.RateLimited, MailScope.Account)]
    [InlineData("450 4.7.1 greylisted, try again", SmtpStage.Recipient, MailDisposition.Throttled, MailReason.RateLimited, MailScope.Address)]
    [InlineData("450 4.2.1 receiving mail too quickly", SmtpStage.Recipient, MailDisposition.Throttled, MailReason.RateLimited, MailScope.Address)]
    [InlineData("450 mailbox busy", SmtpStage.Recipient, MailDisposition.Retry, MailReason.ServerUnavailable, MailScope.Address)]
    [InlineData("451 4.3.0 local error", SmtpStage.Content, MailDisposition.Retry, MailReason.ServerUnavailable, MailScope.Account)]
    [InlineData("451 4.4.1 no answer from host", SmtpStage.Recipient, MailDisposition.Retry, MailReason.RoutingFailed, MailScope.Message)]
    [InlineData("452 4.2.2 mailbox full", SmtpStage.Recipient, MailDisposition.Retry, MailReason.MailboxFull, MailScope.Address)]
    [InlineData("452 4.3.1 out of storage", SmtpStage.Recipient, MailDisposition.Retry, MailReason.ServerUnavailable, MailScope.Account)]
    [InlineData("452 4.5.3 too many recipients", SmtpStage.Recipient, MailDisposition.Retry, MailReason.TooManyRecipients, MailScope.Message)]
    [InlineData("452 more than I can take", SmtpStage.Recipient, MailDisposition.Retry, MailReason.TooManyRecipients, MailScope.Message)]
    [InlineData("552 5.5.3 too many recipients", SmtpStage.Recipient, MailDisposition.Retry, MailReason.TooManyRecipients, MailScope.Message)]
    [InlineData("454 4.7.0 auth is down", SmtpStage.Authentication, MailDisposition.Retry, MailReason.AuthenticationFailed, MailScope.Account)]
    [InlineData("550 no such user", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("551 user not local", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("553 mailbox name not allowed", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("550 5.1.1 unknown", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("550 5.1.1 unknown", SmtpStage.Content, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("550 5.1.2 bad domain", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("550 5.1.3 bad syntax", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("550 5.1.6 moved", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("556 5.1.10 null MX", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("550 5.5.0 mailbox unavailable", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.UnknownRecipient, MailScope.Address)]
    [InlineData("550 5.2.1 disabled", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.MailboxDisabled, MailScope.Address)]
    [InlineData("552 5.2.2 over quota", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.MailboxFull, MailScope.Address)]
    [InlineData("552 full", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.MailboxFull, MailScope.Address)]
    [InlineData("552 5.3.4 too big", SmtpStage.Sender, MailDisposition.Permanent, MailReason.TooLarge, MailScope.Message)]
    [InlineData("552 5.2.3 too big", SmtpStage.Content, MailDisposition.Permanent, MailReason.TooLarge, MailScope.Message)]
    [InlineData("552 too big", SmtpStage.Content, MailDisposition.Permanent, MailReason.TooLarge, MailScope.Message)]
    [InlineData("530 5.7.0 authentication required", SmtpStage.Sender, MailDisposition.Permanent, MailReason.AuthenticationFailed, MailScope.Account)]
    [InlineData("534 5.7.9 application password required", SmtpStage.Authentication, MailDisposition.Permanent, MailReason.AuthenticationFailed, MailScope.Account)]
    [InlineData("535 5.7.8 bad credentials", SmtpStage.Authentication, MailDisposition.Permanent, MailReason.AuthenticationFailed, MailScope.Account)]
    [InlineData("538 encryption required", SmtpStage.Authentication, MailDisposition.Permanent, MailReason.AuthenticationFailed, MailScope.Account)]
    [InlineData("550 5.7.8 not authenticated", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.AuthenticationFailed, MailScope.Account)]
    [InlineData("550 5.7.1 relay access denied", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.PolicyRejected, MailScope.Message)]
    [InlineData("554 5.7.1 spam", SmtpStage.Content, MailDisposition.Permanent, MailReason.PolicyRejected, MailScope.Message)]
    [InlineData("554 no", SmtpStage.Content, MailDisposition.Permanent, MailReason.PolicyRejected, MailScope.Message)]
    [InlineData("550 5.7.515 unauthenticated bulk", SmtpStage.Content, MailDisposition.Permanent, MailReason.PolicyRejected, MailScope.Message)]
    [InlineData("550 blocked", SmtpStage.Content, MailDisposition.Permanent, MailReason.PolicyRejected, MailScope.Message)]
    [InlineData("554 5.6.0 bad content", SmtpStage.Content, MailDisposition.Permanent, MailReason.ContentRejected, MailScope.Message)]
    [InlineData("554 5.4.6 loop", SmtpStage.Content, MailDisposition.Permanent, MailReason.RoutingFailed, MailScope.Message)]
    [InlineData("553 5.7.1 sender not owned", SmtpStage.Sender, MailDisposition.Permanent, MailReason.SenderRejected, MailScope.Sender)]
    [InlineData("550 5.1.8 bad sender", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.SenderRejected, MailScope.Sender)]
    [InlineData("550 no", SmtpStage.Sender, MailDisposition.Permanent, MailReason.SenderRejected, MailScope.Sender)]
    [InlineData("500 what", SmtpStage.Sender, MailDisposition.Permanent, MailReason.ProtocolError, MailScope.Message)]
    [InlineData("503 5.5.1 bad sequence", SmtpStage.Data, MailDisposition.Permanent, MailReason.ProtocolError, MailScope.Message)]
    [InlineData("555 5.5.4 bad parameter", SmtpStage.Recipient, MailDisposition.Permanent, MailReason.ProtocolError, MailScope.Message)]
    public void Classify_Reply_IsTheRowOfTheTable(string line, SmtpStage stage, MailDisposition disposition, MailReason reason, MailScope scope)
    {
        var reply = new SmtpReplyParser { HasEnhancedCodes = true }.Add(System.Text.Encoding.ASCII.GetBytes(line), keepText: true)!;

        Assert.Equal(new MailVerdict(disposition, reason, scope), SmtpReplyClassifier.Classify(reply, stage));
        Assert.Equal(new MailVerdict(disposition, reason, scope), new MailRecipientResult(MailRecipientStatus.Refused, stage, reply).Verdict);
    }

    [Fact]
    public void Classify_Accepted_IsAccepted() =>
        Assert.Equal(
            new MailVerdict(MailDisposition.Accepted, MailReason.None, MailScope.Message),
            new MailRecipientResult(MailRecipientStatus.Accepted, SmtpStage.Content, new SmtpReply(250, null, "")).Verdict);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Classify_Unconfirmed_StaysUnconfirmedWhateverBroke(MailFailureKind kind)
    {
        var verdict = new MailRecipientResult(MailRecipientStatus.Unconfirmed, SmtpStage.Content, null, new MailFailure(kind, "")).Verdict;

        Assert.Equal(MailDisposition.Unconfirmed, verdict.Disposition);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Classify_NotSent_IsNeverAccepted(MailFailureKind kind)
    {
        var verdict = new MailRecipientResult(MailRecipientStatus.NotSent, SmtpStage.Connect, null, new MailFailure(kind, "")).Verdict;

        Assert.NotEqual(MailReason.None, verdict.Reason);
        Assert.True(verdict.Disposition is MailDisposition.NotSent or MailDisposition.Permanent);
    }

    public static TheoryData<MailFailureKind> Kinds() => [.. Enum.GetValues<MailFailureKind>()];
}
