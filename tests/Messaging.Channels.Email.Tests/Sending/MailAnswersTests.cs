namespace Messaging.Channels.Email;

public sealed class MailAnswersTests
{
    private const string Id = "<id@example.com>";

    [Fact]
    public void Of_Accepted_HasOurMessageId() =>
        Assert.Equal(new SendResult.Accepted(Id), Of(new MailRecipientResult(MailRecipientStatus.Accepted, SmtpStage.Content, Reply(250))));

    [Theory]
    [InlineData(SmtpStage.Recipient, 550, "5.1.1", RejectionReason.UnknownRecipient, FailureScope.Address)]
    [InlineData(SmtpStage.Recipient, 552, "5.2.2", RejectionReason.MailboxFull, FailureScope.Address)]
    [InlineData(SmtpStage.Content, 552, "5.3.4", RejectionReason.TooLarge, FailureScope.Message)]
    [InlineData(SmtpStage.Content, 554, "5.7.1", RejectionReason.Policy, FailureScope.Message)]
    [InlineData(SmtpStage.Content, 554, "5.6.0", RejectionReason.Content, FailureScope.Message)]
    [InlineData(SmtpStage.Sender, 550, "5.1.8", RejectionReason.Policy, FailureScope.Sender)]
    [InlineData(SmtpStage.Sender, 530, "5.7.0", RejectionReason.Authentication, FailureScope.Account)]
    [InlineData(SmtpStage.Recipient, 501, "5.5.4", RejectionReason.Protocol, FailureScope.Message)]
    public void Of_Refused_HasReasonScopeAndCode(SmtpStage stage, int code, string enhanced, RejectionReason reason, FailureScope scope) =>
        Assert.Equal(
            new SendResult.Rejected(reason, scope, $"{code} {enhanced}", "words"),
            Of(new MailRecipientResult(MailRecipientStatus.Refused, stage, Reply(code, enhanced))));

    [Fact]
    public void Of_Temporary_IsThrottledAndAsksForPatienceOnlyWhenTheServerDoes()
    {
        Assert.Equal(
            new SendResult.Throttled(null, FailureScope.Address, "452 4.2.2", "words"),
            Of(new MailRecipientResult(MailRecipientStatus.Refused, SmtpStage.Recipient, Reply(452, "4.2.2"))));
        Assert.Equal(
            new SendResult.Throttled(TimeSpan.FromMinutes(5), FailureScope.Address, "450 4.7.1", "words"),
            Of(new MailRecipientResult(MailRecipientStatus.Refused, SmtpStage.Recipient, Reply(450, "4.7.1"))));
    }

    [Fact]
    public void Of_Failures_SayWhetherAnythingLeft()
    {
        var failure = new MailFailure(MailFailureKind.Connect, "No connection.");

        Assert.Equal(
            new SendResult.NotSent("No connection.", FailureScope.Account),
            Of(new MailRecipientResult(MailRecipientStatus.NotSent, SmtpStage.Connect, Failure: failure)));
        Assert.Equal(
            new SendResult.Unconfirmed("No connection."),
            Of(new MailRecipientResult(MailRecipientStatus.Unconfirmed, SmtpStage.Content, Failure: failure)));
        Assert.Equal(
            new SendResult.NotSent("No connection.", FailureScope.Message),
            Of(new MailRecipientResult(MailRecipientStatus.NotSent, SmtpStage.Content, Failure: failure with { Kind = MailFailureKind.Content })));
    }

    [Fact]
    public void Of_RecipientsThatDiffer_EachHaveTheirOwnAndToDecides()
    {
        var accepted = new MailRecipientResult(MailRecipientStatus.Accepted, SmtpStage.Content, Reply(250));
        var refused = new MailRecipientResult(MailRecipientStatus.Refused, SmtpStage.Recipient, Reply(550, "5.1.1"));

        var mostly = MailAnswers.Of(new MailResult([accepted, refused, accepted]), Id, []);
        var barely = MailAnswers.Of(new MailResult([refused, accepted]), Id, []);
        var alike = MailAnswers.Of(new MailResult([accepted, accepted]), Id, []);

        Assert.IsType<SendResult.Accepted>(mostly);
        Assert.Equal([0, 1, 2], mostly.Recipients.Select(recipient => recipient.Recipient));
        Assert.IsType<SendResult.Rejected>(mostly.Recipients[1].Result);
        Assert.IsType<SendResult.Rejected>(barely);
        Assert.IsType<SendResult.Accepted>(barely.Recipients[1].Result);
        Assert.Empty(alike.Recipients);
    }

    [Fact]
    public void Of_OnlySomeRecipients_NamesTheirPlaces()
    {
        var accepted = new MailRecipientResult(MailRecipientStatus.Accepted, SmtpStage.Content, Reply(250));
        var refused = new MailRecipientResult(MailRecipientStatus.Refused, SmtpStage.Recipient, Reply(450, "4.7.1"));

        var answer = MailAnswers.Of(new MailResult([refused, accepted]), Id, [1, 3]);

        Assert.IsType<SendResult.Throttled>(answer);
        Assert.Equal([1, 3], answer.Recipients.Select(recipient => recipient.Recipient));
    }

    private static SendResult Of(MailRecipientResult result) => MailAnswers.Of(new MailResult([result]), Id, []);

    private static SmtpReply Reply(int code, string? enhanced = null)
    {
        var parts = enhanced?.Split('.').Select(int.Parse).ToArray();
        return new SmtpReply(code, parts is null ? null : new EnhancedStatusCode(parts[0], parts[1], parts[2]), "words");
    }
}
