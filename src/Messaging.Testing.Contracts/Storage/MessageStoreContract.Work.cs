using System.Text;
using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageStoreContract
{
    [Fact]
    public async Task Enqueue_Item_IsClaimedAsItIs()
    {
        var item = Item() with { Priority = MessagePriority.High };
        await ApplyAsync(new Change { Enqueues = [item] });

        var work = await ClaimOneAsync();

        Assert.Null(work.Delivery);
        Assert.Equal((item.Kind, item.Id, 1), (work.Lease.Kind, work.Lease.WorkId, work.Claims));
        Assert.Equal((item.Id, item.Kind, item.Tenant, item.Priority), (work.Item!.Id, work.Item.Kind, work.Item.Tenant, work.Item.Priority));
        Assert.Equal("about", Encoding.UTF8.GetString(work.Item.Payload.Span));
    }

    [Fact]
    public async Task Enqueue_SameIdWhileItIsThere_IsDuplicate()
    {
        var item = Item();
        Assert.Equal(
            [ChangeStatus.Applied, ChangeStatus.Duplicate, ChangeStatus.Applied],
            await CommitAsync(
                new Change { Enqueues = [item] },
                new Change { Enqueues = [item] },
                new Change { Enqueues = [item with { Kind = WorkKind.RouteCheck }] }));

        var claimed = await ClaimAsync();
        Assert.Equal(2, claimed.Count);
        await ApplyAsync(Settle([.. claimed.Select(work => Next(work, WorkState.Done))]));
        await ApplyAsync(new Change { Enqueues = [item] });
        await ClaimOneAsync();
    }

    [Fact]
    public async Task Enqueue_Later_WaitsForItsTime()
    {
        await ApplyAsync(new Change { Enqueues = [Item() with { DueAt = Now.AddMinutes(5) }] });
        Assert.Empty(await ClaimAsync());

        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(5));

        await ClaimOneAsync();
    }

    [Fact]
    public async Task Enqueue_Settled_IsTriedAgainParkedAndReleasedLikeADelivery()
    {
        await ApplyAsync(new Change { Enqueues = [Item()] });
        await ApplyAsync(Settle(Next(await ClaimOneAsync(), WorkState.Waiting) with { DueAt = Now.AddMinutes(1) }));
        Assert.Empty(await ClaimAsync());
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));

        await ApplyAsync(Settle(Next(await ClaimOneAsync(), WorkState.Parked) with { ParkKey = "key" }));
        Assert.Empty(await ClaimAsync());
        Assert.Equal(1, (await CommitAsync(new Change { Releases = [new Release("key")] })).Released);

        var work = await ClaimOneAsync();
        await ApplyAsync(Settle(Next(work, WorkState.Done)));
        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Settle(Next(work, WorkState.Done)))).Status);
    }

    [Fact]
    public async Task Change_OnePartFails_NoPartIsApplied()
    {
        var (held, lost) = (await AcceptAndClaimAsync(), await AcceptAndClaimAsync());
        await ApplyAsync(Settle(Sent(lost)));
        var parked = await AcceptAsync(d => d with { Work = WorkState.Parked, ParkKey = "key" });
        var (message, item) = (Some.StoredMessage(), Item());
        var change = new Change
        {
            Accept = new Acceptance { Message = message, Deliveries = [Some.StoredDelivery(message)], Idempotency = new("k", 1, Now.AddDays(1)) },
            Events = [Event(held.Delivery!.Delivery, MessageEventType.Opened, "e")],
            Settles = [Sent(held), Sent(lost)],
            Enqueues = [item],
            Commands = [new DeliveryCommand(DeliveryCommandType.Cancel, parked.Tenant, parked.Id, Now)],
            Releases = [new Release("key")],
            Entities = [EntityChange.Put(SampleEntity.Some("a"))],
        };

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(change)).Status);

        Assert.Null(await Fixture.Reader.GetMessageAsync(message.Tenant, message.Id, default));
        Assert.Equal((WorkState.Leased, Evidence.None), ((await StateAsync(held.Delivery.Delivery)).Work, (await StateAsync(held.Delivery.Delivery)).Evidence));
        Assert.Equal(WorkState.Parked, (await StateAsync(parked)).Work);
        Assert.Empty(await ClaimAsync());
        Assert.Null(await Fixture.Entities.GetAsync<SampleEntity>(TenantId.Default, "a", default));

        // The same without the lost lease: every key, id and version is still free.
        await ApplyAsync(Without(change, held));
        Assert.Equal(DeliveryStatus.Sent, (await StateAsync(held.Delivery.Delivery)).Status);
    }

    [Fact]
    public async Task Change_EntityVersionIsNotTheExpectedOne_NoPartIsApplied()
    {
        var held = await AcceptAndClaimAsync();
        var (message, item) = (Some.StoredMessage(), Item());
        var change = new Change
        {
            Accept = new Acceptance { Message = message, Deliveries = [Some.StoredDelivery(message)], Idempotency = new("k", 1, Now.AddDays(1)) },
            Events = [Event(held.Delivery!.Delivery, MessageEventType.Opened, "e")],
            Settles = [Sent(held)],
            Enqueues = [item],
            Entities = [EntityChange.Put(SampleEntity.Some("a")), EntityChange.Put(SampleEntity.Some("b"), expectedVersion: 7)],
        };

        Assert.Equal(ChangeStatus.VersionConflict, (await CommitAsync(change)).Status);

        Assert.Null(await Fixture.Reader.GetMessageAsync(message.Tenant, message.Id, default));
        Assert.Equal(WorkState.Leased, (await StateAsync(held.Delivery.Delivery)).Work);
        Assert.Empty(await ClaimAsync());
        Assert.Null(await Fixture.Entities.GetAsync<SampleEntity>(TenantId.Default, "a", default));
        await ApplyAsync(Without(change, held));
    }

    [Fact]
    public async Task Commit_OneChangeFails_TheOthersAreApplied()
    {
        var work = await AcceptAndClaimAsync();
        var (before, after) = (Some.Accept(), Some.Accept());

        Assert.Equal(
            [ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Stale, ChangeStatus.VersionConflict, ChangeStatus.Duplicate, ChangeStatus.Applied],
            await CommitAsync(
                before,
                Settle(Sent(work)),
                Settle(Sent(work)),
                new Change { Entities = [EntityChange.Put(SampleEntity.Some("a"), 3)] },
                before,
                after));
        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    private Change Without(Change change, LeasedWork held) => new()
    {
        Accept = change.Accept,
        Events = change.Events,
        Settles = [Sent(held)],
        Enqueues = change.Enqueues,
        Entities = [EntityChange.Put(SampleEntity.Some("a"), expectedVersion: 0)],
    };
}
