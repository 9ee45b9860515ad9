using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

public abstract partial class MessageStoreContract
{
    [Fact]
    public async Task Sensitive_Settled_PayloadsAreDroppedWhenNobodyNeedsThem()
    {
        var message = Some.StoredMessage() with { Sensitive = true };
        var (one, two) = (Some.StoredDelivery(message), Some.StoredDelivery(message));
        await ApplyAsync(Some.Accept(message, one, two));
        var claimed = await ClaimAsync();

        await ApplyAsync(Settle(Sent(claimed.Single(work => work.Delivery!.Delivery.Id == one.Id))));
        Assert.Equal((0, 6), await LengthsAsync(one));
        Assert.Equal((3, 6), await LengthsAsync(two));

        await ApplyAsync(Settle(Sent(claimed.Single(work => work.Delivery!.Delivery.Id == two.Id))));
        Assert.Equal((0, 0), await LengthsAsync(two));
        Assert.Equal(0, (await Fixture.Reader.GetMessageAsync(message.Tenant, message.Id, default))!.Payload.Length);
    }

    [Fact]
    public async Task Sensitive_TriedAgain_KeepsItsPayload()
    {
        var message = Some.StoredMessage() with { Sensitive = true };
        var delivery = Some.StoredDelivery(message);
        await ApplyAsync(Some.Accept(message, delivery));

        await ApplyAsync(Settle(Retry(await ClaimOneAsync(), TimeSpan.FromMinutes(1))));

        Assert.Equal((3, 6), await LengthsAsync(delivery));
    }

    [Fact]
    public async Task Sensitive_DroppedAndFailed_CannotBeRedriven()
    {
        var message = Some.StoredMessage() with { Sensitive = true };
        var delivery = Some.StoredDelivery(message);
        await ApplyAsync(Some.Accept(message, delivery));
        await ApplyAsync(Settle(Dead(await ClaimOneAsync())));

        Assert.Equal(ChangeStatus.Stale, (await CommitAsync(Command(DeliveryCommandType.Redrive, delivery))).Status);
    }

    [Fact]
    public async Task Sensitive_CancelledOrSuppressed_PayloadIsDropped()
    {
        var message = Some.StoredMessage() with { Sensitive = true };
        var (one, two) = (Some.StoredDelivery(message), Some.StoredDelivery(message) with { Work = WorkState.Done });
        await ApplyAsync(Some.Accept(message, one, two));
        Assert.Equal((0, 6), await LengthsAsync(two));

        await ApplyAsync(Command(DeliveryCommandType.Cancel, one));

        Assert.Equal((0, 0), await LengthsAsync(one));
    }

    [Fact]
    public async Task Sensitive_Bulk_KeepsWhatItsItemsShare()
    {
        var bulk = Some.StoredMessage() with { Sensitive = true };
        await ApplyAsync(Some.Accept(bulk));
        var first = Some.StoredDelivery(bulk);
        await ApplyAsync(Join(first));
        await ApplyAsync(Settle(Sent(await ClaimOneAsync())));
        Assert.Equal((0, 6), await LengthsAsync(first));

        await ApplyAsync(Join(Some.StoredDelivery(bulk)));

        Assert.Equal(6, (await ClaimOneAsync()).Delivery!.Message.Payload.Length);
    }

    [Fact]
    public async Task Sensitive_Route_KeepsPayloadsUntilItHasEnded()
    {
        var message = Some.StoredMessage() with { Sensitive = true };
        var first = Some.StoredDelivery(message) with { PlanId = new PlanId(Some.Id()) };
        await ApplyAsync(Some.Accept(message, first));
        await ApplyAsync(Settle(Sent(await ClaimOneAsync())));
        Assert.Equal((3, 6), await LengthsAsync(first));
        var second = Some.StoredDelivery(message) with { PlanId = first.PlanId, PlanStep = 1 };
        await ApplyAsync(Join(second));

        await ApplyAsync(new Change { Drops = [new PayloadDrop(message.Tenant, message.Id)] });
        Assert.Equal((0, 6), await LengthsAsync(first));
        Assert.Equal((3, 6), await LengthsAsync(second));

        await ApplyAsync(Settle(Sent(await ClaimOneAsync())));
        Assert.Equal((0, 0), await LengthsAsync(second));
    }

    [Fact]
    public async Task Drop_OfUnknownOrAnotherTenantsMessage_IsStale()
    {
        var message = Some.StoredMessage();
        await ApplyAsync(Some.Accept(message, Some.StoredDelivery(message)));

        Assert.Equal(
            [ChangeStatus.Stale, ChangeStatus.Stale],
            await CommitAsync(
                new Change { Drops = [new PayloadDrop(message.Tenant, Some.MessageId())] },
                new Change { Drops = [new PayloadDrop(Some.Tenant(), message.Id)] }));
    }

    private async Task<(int Delivery, int Message)> LengthsAsync(StoredDelivery delivery)
    {
        var record = await RecordAsync(delivery);
        return (record.Delivery.Payload.Length, record.Message.Payload.Length);
    }
}
