using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageStoreContract
{
    [Fact]
    public async Task Event_Delivered_IsEvidenceOnce()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Settle(Sent(work)));
        var delivery = work.Delivery!.Delivery;
        var report = Report(delivery, MessageEventType.Delivered, "key", Now.AddSeconds(-1));

        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Duplicate], await CommitAsync(report, report));
        Assert.Equal(ChangeStatus.Duplicate, (await CommitAsync(report)).Status);

        var state = await StateAsync(delivery);
        Assert.Equal(DeliveryStatus.Delivered, state.Status);
        Assert.Equal(Now.AddSeconds(-1), state.Evidence.First(MessageEventType.Delivered));
        Assert.Single(await Fixture.Reader.GetTimelineAsync(delivery.Tenant, delivery.Id, default), entry => entry.Type == TimelineType.Event);
    }

    [Fact]
    public async Task Event_SameKeyTwiceInOneChange_CountsOnce()
    {
        var delivery = await AcceptAsync();
        var e = Event(delivery, MessageEventType.Delivered, "key");

        await ApplyAsync(new Change { Events = [e, e] });

        Assert.Single(await Fixture.Reader.GetTimelineAsync(delivery.Tenant, delivery.Id, default), entry => entry.Type == TimelineType.Event);
    }

    [Fact]
    public async Task Event_BeforeOurOwnCallReturned_Counts()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Report(work.Delivery!.Delivery, MessageEventType.Delivered));
        Assert.Equal(DeliveryStatus.Delivered, (await StateAsync(work.Delivery.Delivery)).Status);

        await ApplyAsync(Settle(Sent(work)));

        Assert.Equal(DeliveryStatus.Delivered, (await StateAsync(work.Delivery.Delivery)).Status);
    }

    [Fact]
    public async Task Event_OfUnknownDeliveryOrAnotherTenant_IsStaleAndKeyStaysFree()
    {
        var delivery = await AcceptAsync();

        Assert.Equal(
            [ChangeStatus.Stale, ChangeStatus.Stale, ChangeStatus.Applied],
            await CommitAsync(
                Report(Some.StoredDelivery(), MessageEventType.Delivered, "key"),
                Report(delivery with { Tenant = Some.Tenant() }, MessageEventType.Delivered, "key"),
                Report(delivery, MessageEventType.Delivered, "key")));
    }

    [Fact]
    public async Task Event_Quarantined_IsKeptAndProvesNothing()
    {
        var delivery = await AcceptAsync();

        await ApplyAsync(new Change { Events = [Event(delivery, MessageEventType.Delivered, "key") with { Quarantined = true, ProviderCode = "delivered" }] });

        Assert.Equal(Evidence.None, (await StateAsync(delivery)).Evidence);
        var timeline = await Fixture.Reader.GetTimelineAsync(delivery.Tenant, delivery.Id, default);
        var entry = Assert.Single(timeline, entry => entry.Type == TimelineType.Event);
        Assert.Equal((MessageEventType.Delivered, "delivered"), (entry.Event, entry.ProviderCode));
        Assert.NotNull(entry.Why);
        Assert.Equal(ChangeStatus.Duplicate, (await CommitAsync(Report(delivery, MessageEventType.Delivered, "key"))).Status);
    }

    [Fact]
    public async Task Event_OfAnOlderGeneration_CountsThere()
    {
        var delivery = await AcceptAndBuryAsync();
        await ApplyAsync(Command(DeliveryCommandType.Redrive, delivery));

        await ApplyAsync(new Change { Events = [Event(delivery, MessageEventType.HardBounced) with { Generation = 0 }] });
        Assert.Equal(DeliveryStatus.Queued, (await StateAsync(delivery)).Status);

        await ApplyAsync(Report(delivery, MessageEventType.HardBounced));
        var state = await StateAsync(delivery);
        Assert.Equal(DeliveryStatus.Bounced, state.Status);
        Assert.True(state.Evidence.Has(MessageEventType.HardBounced, 0) && state.Evidence.Has(MessageEventType.HardBounced, 1));
    }

    [Fact]
    public async Task Event_ManyOfAKind_KeepsFirstAndLast()
    {
        var delivery = await AcceptAsync();
        var start = Now;

        foreach (var minutes in new[] { 5, 1, 9, 3 })
        {
            await ApplyAsync(Report(delivery, MessageEventType.Opened, at: start.AddMinutes(minutes)));
        }

        var evidence = (await StateAsync(delivery)).Evidence;
        Assert.Equal((start.AddMinutes(1), start.AddMinutes(9)), (evidence.First(MessageEventType.Opened), evidence.Last(MessageEventType.Opened)));
    }

    [Fact]
    public async Task Event_EveryKindAtOnce_IsAllKept()
    {
        var delivery = await AcceptAsync();
        var types = Enum.GetValues<MessageEventType>();

        await ApplyAsync(new Change { Events = [.. types.Select((type, i) => Event(delivery, type, at: Now.AddMilliseconds(i)))] });

        var evidence = (await StateAsync(delivery)).Evidence;
        Assert.Equal(types.Order(), evidence.Entries.Select(entry => entry.Type));
        Assert.All(types, type => Assert.Equal(Now.AddMilliseconds(Array.IndexOf(types, type)), evidence.First(type)));
    }

    [Fact]
    public async Task Event_ManyCallersAtOnce_OneIsApplied()
    {
        var delivery = await AcceptAsync();
        var report = Report(delivery, MessageEventType.Delivered, "key");

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => CommitAsync(report))));

        Assert.Single(results, result => result.Status == ChangeStatus.Applied);
        Assert.Equal(15, results.Count(result => result.Status == ChangeStatus.Duplicate));
    }
}
