using Messaging.Channels;
using Messaging.Testing.Internal;

namespace Messaging.Testing.Failures;

public sealed class ChannelRuleTests
{
    private static readonly SendResult Refused = new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "550", "no");
    private static readonly SendResult Busy = new SendResult.Throttled(null, FailureScope.Account, "421", "busy");

    private readonly Script _script = new();

    [Fact]
    public void AnswerTo_NothingScripted_Takes() => Assert.IsType<SendResult.Accepted>(Ask());

    [Fact]
    public void AnswerTo_NextScripted_AnswersOncePerCallInOrder()
    {
        _script.Enqueue(Refused);
        _script.Enqueue(Busy);

        Assert.Equal([Refused, Busy], [Ask(), Ask()]);
        Assert.IsType<SendResult.Accepted>(Ask());
    }

    [Fact]
    public void AnswerTo_SeveralRules_TheNewestThatAppliesWins()
    {
        _script.Add(new ChannelRule(_ => true).Returns(Busy));
        _script.Add(new ChannelRule(message => message.Kind == ChannelKinds.Sms).Returns(Refused));

        Assert.Equal(Busy, Ask());
        Assert.Equal(Refused, Ask(ChannelKinds.Sms));
    }

    [Fact]
    public void AnswerTo_RuleUsedUp_GoesOnToTheNext()
    {
        _script.Add(new ChannelRule(_ => true).Returns(Busy).Times(2));

        Assert.Equal([Busy, Busy], [Ask(), Ask()]);
        Assert.IsType<SendResult.Accepted>(Ask());
    }

    [Fact]
    public void AnswerTo_RuleWithoutAnswer_DoesNotApply()
    {
        _script.Add(new ChannelRule(_ => true));

        Assert.IsType<SendResult.Accepted>(Ask());
    }

    [Fact]
    public void AnswerTo_AnswerDependsOnMessage_GetsIt()
    {
        _script.Add(new ChannelRule(_ => true).Returns(message => new SendResult.Accepted(message.Kind)));

        Assert.Equal(new SendResult.Accepted("sms"), Ask(ChannelKinds.Sms));
    }

    [Fact]
    public void Clear_AfterScripting_Takes()
    {
        _script.Enqueue(Refused);
        _script.Add(new ChannelRule(_ => true).Returns(Busy));

        _script.Clear();

        Assert.IsType<SendResult.Accepted>(Ask());
    }

    [Fact]
    public void Times_Zero_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ChannelRule(_ => true).Times(0));

    private SendResult Ask(string kind = ChannelKinds.Email)
    {
        var message = new CapturedCall(Some.Message(kind), Some.Account(kind), Some.Instant, []).ToMessage();
        return _script.AnswerTo(message)(message);
    }
}
