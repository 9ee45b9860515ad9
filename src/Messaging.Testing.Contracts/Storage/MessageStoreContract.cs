using System.Text;
using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>The promises of <see cref="IMessageStore"/>. Derive once per store.</summary>
public abstract partial class MessageStoreContract : StoreContract
{
    [Fact]
    public async Task Accept_Everything_IsReadBackAsItWas()
    {
        var message = Some.StoredMessage() with { Template = "welcome", Reference = "booking:1", ExpiresAt = Now.AddDays(1), Payload = "wspólne"u8.ToArray() };
        var delivery = Some.StoredDelivery(message) with
        {
            Address = new Address(ChannelKinds.Email, "łucja@example.com"),
            Channel = "email-eu",
            Priority = MessagePriority.Critical,
            ContactId = Some.ContactId(),
            Reference = "booking:1/a",
            PlanId = new PlanId(Some.Id()),
            PlanStep = 2,
            ItemHash = UInt128.MaxValue - 5,
            Payload = Enumerable.Range(0, 70_000).Select(i => (byte)i).ToArray(),
        };

        await ApplyAsync(Some.Accept(message, delivery));

        var record = await RecordAsync(delivery);
        Assert.Equal(message.Payload.ToArray(), record.Message.Payload.ToArray());
        Assert.Equal(message, record.Message with { Payload = message.Payload });
        Assert.Equal(delivery.Payload.ToArray(), record.Delivery.Payload.ToArray());
        Assert.Equal(delivery, record.Delivery with { Payload = delivery.Payload, DueAt = delivery.DueAt });
        Assert.Equal(record.Message.Payload.ToArray(), (await Fixture.Reader.GetMessageAsync(message.Tenant, message.Id, default))!.Payload.ToArray());
    }

    [Fact]
    public async Task Accept_CallerReusesItsMemory_KeptPayloadStays()
    {
        var payload = "before"u8.ToArray();
        var message = Some.StoredMessage() with { Payload = payload };
        var delivery = Some.StoredDelivery(message) with { Payload = payload };
        await ApplyAsync(Some.Accept(message, delivery));

        "AFTER!"u8.CopyTo(payload);

        var record = await RecordAsync(delivery);
        Assert.Equal("before", Encoding.UTF8.GetString(record.Message.Payload.Span));
        Assert.Equal("before", Encoding.UTF8.GetString(record.Delivery.Payload.Span));
    }

    [Fact]
    public async Task Accept_Ready_WaitsToBeSent()
    {
        var delivery = await AcceptAsync();

        var state = await StateAsync(delivery);
        Assert.Equal((WorkState.Ready, DeliveryStatus.Queued), (state.Work, state.Status));
        Assert.Equal((0, 0, 0, false), (state.Attempts, state.TotalAttempts, state.Generation, state.AttemptBegan));
        Assert.Null(state.SettledAt);
        Assert.Null(state.Account);
    }

    [Fact]
    public async Task Accept_Waiting_IsScheduledAndCannotBeClaimedBefore()
    {
        var why = new Why(WhyCodes.Scheduled, "Later.", Now.AddHours(1));
        var delivery = await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddHours(1), Why = why });

        Assert.Empty(await ClaimAsync());
        var state = await StateAsync(delivery);
        Assert.Equal((WorkState.Waiting, DeliveryStatus.Scheduled, Now.AddHours(1), why), (state.Work, state.Status, state.DueAt, state.Why));

        await Fixture.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(delivery.Id, (await ClaimOneAsync()).Delivery!.Delivery.Id);
    }

    [Fact]
    public async Task Accept_Suppressed_IsDoneAndNeverClaimed()
    {
        var why = new Why(WhyCodes.Suppressed, "Opted out.");
        var delivery = await AcceptAsync(d => d with
        {
            Work = WorkState.Done,
            Why = why,
            Evidence = Evidence.None.With(MessageEventType.Suppressed, Now),
        });

        Assert.Empty(await ClaimAsync());
        var state = await StateAsync(delivery);
        Assert.Equal((WorkState.Done, DeliveryStatus.Suppressed, why, (DateTimeOffset?)Now), (state.Work, state.Status, state.Why, state.SettledAt));
    }

    [Fact]
    public async Task Accept_SameMessageAgain_IsDuplicate()
    {
        var change = Some.Accept();

        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Duplicate], await CommitAsync(change, change));

        var again = await CommitAsync(change);
        Assert.Equal((ChangeStatus.Duplicate, change.Accept!.Message!.Id), (again.Status, again.Existing!.Value));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Accept_KnownDeliveryOfAnotherMessage_IsDuplicateAndLeavesNothing()
    {
        var first = await AcceptAsync();
        var other = Some.StoredMessage();

        var result = await CommitAsync(Some.Accept(other, Some.StoredDelivery(other) with { Id = first.Id }));

        Assert.Equal(ChangeStatus.Duplicate, result.Status);
        Assert.Null(await Fixture.Reader.GetMessageAsync(other.Tenant, other.Id, default));
    }

    [Fact]
    public async Task Accept_DeliveryOfUnknownMessage_IsStale()
    {
        var change = new Change { Accept = new Acceptance { Deliveries = [Some.StoredDelivery()] } };

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(change)).Status);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Accept_DeliveryOfAnotherTenantsMessage_IsStale()
    {
        var message = Some.StoredMessage();
        await ApplyAsync(Some.Accept(message));
        var delivery = Some.StoredDelivery(message) with { Tenant = Some.Tenant() };

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(new Change { Accept = new Acceptance { Deliveries = [delivery] } })).Status);
    }

    [Fact]
    public async Task Accept_ItemOfBulkAgain_IsDuplicateOfTheBulk()
    {
        var bulk = Some.StoredMessage();
        var item = Some.StoredDelivery(bulk) with { ItemHash = 77 };
        await ApplyAsync(Some.Accept(bulk));
        await ApplyAsync(Join(item));

        var again = await CommitAsync(Join(item with { Id = Some.DeliveryId() }));

        Assert.Equal((ChangeStatus.Duplicate, bulk.Id), (again.Status, again.Existing!.Value));
        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task Accept_ItemsWithoutHashOrOfOtherBulks_AreAllTaken()
    {
        var (one, two) = (Some.StoredMessage(), Some.StoredMessage());
        Assert.All(await CommitAsync(Some.Accept(one), Some.Accept(two)), status => Assert.Equal(ChangeStatus.Applied, status));

        var statuses = await CommitAsync(
            Join(Some.StoredDelivery(one) with { ItemHash = 77 }),
            Join(Some.StoredDelivery(two) with { ItemHash = 77 }),
            Join(Some.StoredDelivery(one)),
            Join(Some.StoredDelivery(one)));

        Assert.All(statuses, status => Assert.Equal(ChangeStatus.Applied, status));
        Assert.Equal(4, (await ClaimAsync()).Count);
    }

    [Fact]
    public async Task Accept_BulkWithItsFirstItems_IsOneCommit()
    {
        var bulk = Some.StoredMessage();
        StoredDelivery[] items = [Some.StoredDelivery(bulk) with { ItemHash = 1 }, Some.StoredDelivery(bulk) with { ItemHash = 2 }];

        var statuses = await CommitAsync(Some.Accept(bulk), Join(items[0]), Join(items[1]));

        Assert.All(statuses, status => Assert.Equal(ChangeStatus.Applied, status));
        Assert.Equal(items.Select(item => item.Id), (await ClaimAsync()).Select(work => work.Delivery!.Delivery.Id));
        Assert.Equal(ChangeStatus.Duplicate, (await CommitAsync(Join(items[1] with { Id = Some.DeliveryId() }))).Status);
    }

    [Fact]
    public async Task Accept_BulkWithItemsThatDoNotFit_TakesTheOthers()
    {
        var bulk = Some.StoredMessage();
        var item = Some.StoredDelivery(bulk) with { ItemHash = 1 };

        var statuses = await CommitAsync(
            Some.Accept(bulk), Join(item), Join(item with { Id = Some.DeliveryId() }), Join(Some.StoredDelivery(bulk) with { Tenant = Some.Tenant() }), Join(Some.StoredDelivery(bulk)));

        Assert.Equal([ChangeStatus.Applied, ChangeStatus.Applied, ChangeStatus.Duplicate, ChangeStatus.Stale, ChangeStatus.Applied], statuses);
        Assert.Equal(2, (await ClaimAsync()).Count);
    }

    [Fact]
    public async Task Accept_OneItemTwiceInOneChange_IsDuplicateAndLeavesNothing()
    {
        var bulk = Some.StoredMessage();
        await ApplyAsync(Some.Accept(bulk));

        var result = await CommitAsync(Join(Some.StoredDelivery(bulk) with { ItemHash = 5 }, Some.StoredDelivery(bulk) with { ItemHash = 5 }));

        Assert.Equal(ChangeStatus.Duplicate, result.Status);
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task Commit_Nothing_Applies()
    {
        Assert.Empty(await Fixture.Store.CommitAsync([], default));
        await ApplyAsync(new Change());
    }

    [Fact]
    public async Task Commit_AlreadyCancelled_ThrowsAndChangesNothing()
    {
        var delivery = Some.StoredDelivery();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Fixture.Store.CommitAsync([Some.Accept(delivery)], new CancellationToken(true)).AsTask());

        Assert.Null(await Fixture.Reader.GetDeliveryAsync(delivery.Tenant, delivery.Id, default));
    }

    private static Change Join(params IReadOnlyList<StoredDelivery> deliveries) => new() { Accept = new Acceptance { Deliveries = deliveries } };
}
