using static Messaging.DeliveryStatus;
using static Messaging.MessageEventType;

namespace Messaging.Storage;

/// <summary>The arrivals that providers are known for, one row each; the minute of each fact is the reporter's, not that of arrival.</summary>
public sealed class DeliveryStatusProjectionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, DeliveryStatus, (MessageEventType Type, int Minute)[]> Arrivals => new()
    {
        { "the call returned", DeliveryStatus.Sent, [(Submitted, 1)] },
        { "left the provider", DeliveryStatus.Sent, [(Submitted, 1), (MessageEventType.Sent, 2)] },
        { "the provider keeps trying", DeliveryStatus.Sent, [(Submitted, 1), (Deferred, 2)] },
        { "1: sent after delivered", DeliveryStatus.Delivered, [(MessageEventType.Delivered, 2), (MessageEventType.Sent, 3)] },
        { "1: sent after read", DeliveryStatus.Read, [(MessageEventType.Read, 2), (MessageEventType.Sent, 3)] },
        { "2: delivered after read", DeliveryStatus.Read, [(MessageEventType.Read, 2), (MessageEventType.Delivered, 3)] },
        { "2: read, never delivered", DeliveryStatus.Read, [(MessageEventType.Read, 2)] },
        { "3: failed after sent", Failed, [(Submitted, 1), (MessageEventType.Sent, 2), (Undelivered, 3)] },
        { "4: sent after failed never revives it", Failed, [(Submitted, 1), (Undelivered, 2), (MessageEventType.Sent, 9), (Deferred, 9)] },
        { "5: delivered after failed corrects it", DeliveryStatus.Delivered, [(Undelivered, 2), (MessageEventType.Delivered, 3)] },
        { "6: failed after delivered changes nothing", DeliveryStatus.Delivered, [(MessageEventType.Delivered, 2), (Undelivered, 3)] },
        { "6: failed after read changes nothing", DeliveryStatus.Read, [(MessageEventType.Read, 2), (Undelivered, 3)] },
        { "7: hard bounce after delivered", Bounced, [(Submitted, 1), (MessageEventType.Delivered, 2), (HardBounced, 3)] },
        { "7: hard bounce before delivered", Bounced, [(HardBounced, 2), (MessageEventType.Delivered, 3)] },
        { "7: soft bounce after delivered", Bounced, [(MessageEventType.Delivered, 2), (SoftBounced, 3)] },
        { "7: soft bounce before delivered", DeliveryStatus.Delivered, [(SoftBounced, 2), (MessageEventType.Delivered, 3)] },
        { "7: soft bounce and delivered at once", DeliveryStatus.Delivered, [(SoftBounced, 2), (MessageEventType.Delivered, 2)] },
        { "7: soft bounce alone", Bounced, [(Submitted, 1), (SoftBounced, 2)] },
        { "8: complaint changes nothing", DeliveryStatus.Delivered, [(MessageEventType.Delivered, 2), (Complained, 3), (Unsubscribed, 4)] },
        { "8: complaint after bounce changes nothing", Bounced, [(HardBounced, 2), (Complained, 3)] },
        { "9: open and click prove nothing", DeliveryStatus.Sent, [(Submitted, 1), (Opened, 2), (Clicked, 3)] },
        { "12: delivered though cancelled", DeliveryStatus.Delivered, [(MessageEventType.Canceled, 1), (MessageEventType.Delivered, 2)] },
        { "12: delivered though expired", DeliveryStatus.Delivered, [(MessageEventType.Expired, 1), (MessageEventType.Delivered, 2)] },
        { "12: delivered though dead", DeliveryStatus.Delivered, [(Dead, 1), (MessageEventType.Delivered, 2)] },
        { "14: bounced and failed", Bounced, [(Undelivered, 1), (SoftBounced, 2), (MessageEventType.Expired, 3)] },
        { "14: failed and expired", Failed, [(MessageEventType.Expired, 1), (Undelivered, 2)] },
        { "refused at submission", Failed, [(Rejected, 1)] },
        { "attempts used up", Failed, [(Deferred, 1), (Dead, 2)] },
        { "a gate stopped it", DeliveryStatus.Suppressed, [(MessageEventType.Suppressed, 1)] },
        { "withdrawn", DeliveryStatus.Canceled, [(MessageEventType.Canceled, 1)] },
        { "its time passed", DeliveryStatus.Expired, [(MessageEventType.Expired, 1)] },
        { "nobody knows", DeliveryStatus.Unconfirmed, [(MessageEventType.Unconfirmed, 1)] },
        { "in doubt, then the provider has it", DeliveryStatus.Sent, [(MessageEventType.Unconfirmed, 1), (Submitted, 2)] },
        { "in doubt, then it failed", Failed, [(MessageEventType.Unconfirmed, 1), (Undelivered, 2)] },
        { "of no known meaning only", Failed, [(Unknown, 1)] },
    };

    [Theory]
    [MemberData(nameof(Arrivals))]
    public void Project_DoneWithArrivals_IsTheRulesStatus(string rule, DeliveryStatus expected, (MessageEventType Type, int Minute)[] arrivals)
    {
        Assert.NotNull(rule);
        foreach (var order in new[] { arrivals, [.. arrivals.Reverse()], [.. arrivals, .. arrivals] })
        {
            Assert.Equal(expected, DeliveryStatusProjection.Project(WorkState.Done, 1, Known(order)));
        }
    }

    [Theory]
    [InlineData(WorkState.Waiting, 0, Scheduled)]
    [InlineData(WorkState.Waiting, 1, Queued)]
    [InlineData(WorkState.Ready, 0, Queued)]
    [InlineData(WorkState.Parked, 0, Queued)]
    [InlineData(WorkState.Leased, 0, DeliveryStatus.Sending)]
    [InlineData(WorkState.Done, 0, Failed)]
    public void Project_WithoutEvidence_FollowsTheWork(WorkState work, int attempts, DeliveryStatus expected) =>
        Assert.Equal(expected, DeliveryStatusProjection.Project(work, attempts, Evidence.None));

    [Theory]
    [InlineData(WorkState.Waiting, DeliveryStatus.Unconfirmed)]
    [InlineData(WorkState.Ready, DeliveryStatus.Unconfirmed)]
    [InlineData(WorkState.Parked, DeliveryStatus.Unconfirmed)]
    [InlineData(WorkState.Leased, DeliveryStatus.Sending)]
    public void Project_InDoubtAndNotDone_IsUnconfirmedButInAWorkersHands(WorkState work, DeliveryStatus expected) =>
        Assert.Equal(expected, DeliveryStatusProjection.Project(work, 1, Known([(MessageEventType.Unconfirmed, 1)])));

    [Theory]
    [InlineData(WorkState.Ready)]
    [InlineData(WorkState.Leased)]
    [InlineData(WorkState.Waiting)]
    public void Project_ProofBeforeOurCallReturned_Counts(WorkState work)
    {
        Assert.Equal(DeliveryStatus.Delivered, DeliveryStatusProjection.Project(work, 0, Known([(MessageEventType.Delivered, 1)])));
        Assert.Equal(Bounced, DeliveryStatusProjection.Project(work, 0, Known([(HardBounced, 1)])));
    }

    [Fact]
    public void Project_NegativesOfAnOlderGeneration_DoNotCount()
    {
        var evidence = Known([(HardBounced, 1), (Undelivered, 1), (Dead, 1), (MessageEventType.Expired, 1)]);

        Assert.Equal(Queued, DeliveryStatusProjection.Project(WorkState.Ready, 1, evidence, generation: 1));
        Assert.Equal(DeliveryStatus.Sent, DeliveryStatusProjection.Project(WorkState.Done, 2, evidence.With(Submitted, Start.AddHours(1), 1), generation: 1));
    }

    [Fact]
    public void Project_LateProofOfAnOlderGeneration_Counts()
    {
        var evidence = Known([(Undelivered, 1)]).With(Dead, Start.AddHours(1), 1).With(MessageEventType.Delivered, Start.AddMinutes(30), 0);

        Assert.Equal(DeliveryStatus.Delivered, DeliveryStatusProjection.Project(WorkState.Done, 2, evidence, generation: 1));
    }

    [Fact]
    public void Project_ProofThatItsOwnGenerationsBounceOverruled_DoesNotComeBack()
    {
        var hard = Known([(MessageEventType.Delivered, 1), (HardBounced, 2)]);
        var soft = Known([(MessageEventType.Delivered, 1), (SoftBounced, 2)]);

        Assert.All([hard, soft], evidence => Assert.Equal(DeliveryStatus.Sending, DeliveryStatusProjection.Project(WorkState.Leased, 2, evidence, generation: 1)));
        Assert.Equal(Failed, DeliveryStatusProjection.Project(WorkState.Done, 2, hard.With(Dead, Start.AddHours(1), 1), generation: 1));
    }

    [Fact]
    public void Project_DepartureOfAGenerationThatFailed_DoesNotMakeTheNextOneSent()
    {
        var evidence = Known([(Submitted, 1), (Undelivered, 2)]).With(MessageEventType.Unconfirmed, Start.AddHours(1), 1);

        Assert.Equal(DeliveryStatus.Unconfirmed, DeliveryStatusProjection.Project(WorkState.Done, 2, evidence, generation: 1));
    }

    [Fact]
    public void Project_BounceOfTheLatestGeneration_BeatsOlderProof()
    {
        var proven = Known([(MessageEventType.Delivered, 1)]);

        Assert.Equal(Bounced, DeliveryStatusProjection.Project(WorkState.Done, 2, proven.With(HardBounced, Start.AddHours(1), 1)));
        Assert.Equal(Bounced, DeliveryStatusProjection.Project(WorkState.Done, 2, proven.With(SoftBounced, Start.AddHours(1), 1)));
        Assert.Equal(DeliveryStatus.Delivered, DeliveryStatusProjection.Project(WorkState.Done, 2, proven.With(SoftBounced, Start, 1)));
    }

    private static Evidence Known((MessageEventType Type, int Minute)[] arrivals) =>
        arrivals.Aggregate(Evidence.None, (known, fact) => known.With(fact.Type, Start.AddMinutes(fact.Minute)));
}
