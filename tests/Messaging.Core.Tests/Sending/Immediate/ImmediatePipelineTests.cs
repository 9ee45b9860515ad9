using Messaging.Dispatching;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class ImmediatePipelineTests
{
    [Fact]
    public async Task SendNowAsync_ProviderAccepts_IsSentAndInHistory()
    {
        await using var harness = new SendingHarness();

        var receipt = await harness.Hub.SendNowAsync(Some.Request());
        var record = await harness.RecordAsync(Assert.Single(receipt.Deliveries).Id);

        Assert.Equal(SendStatus.Sent, receipt.Status);
        Assert.Equal((WorkState.Done, DeliveryStatus.Sent, "provider-1", 1), (record.State.Work, record.State.Status, record.State.ProviderId, record.State.TotalAttempts));
        Assert.NotNull(harness.Get<IPayloadFacts>().ContentOf(record));
    }

    [Fact]
    public async Task SendNowAsync_Sending_StoresNothingBeforeTheProviderAnswers()
    {
        await using var harness = new SendingHarness();
        var before = -1L;
        harness.Immediate.OnSend = async (_, delivery) =>
        {
            before = await harness.CountAsync();
            return FakeImmediateSender.Accepted(delivery);
        };

        await harness.Hub.SendNowAsync(Some.Request());

        Assert.Equal(0, before);
        Assert.Equal(1, await harness.CountAsync());
    }

    [Fact]
    public async Task SendNowAsync_Suppressed_CallsNoProvider()
    {
        await using var harness = new SendingHarness();
        var anna = new Address(ChannelKinds.Email, "anna@example.com");
        await harness.SuppressAsync(anna);

        var receipt = await harness.Hub.SendNowAsync(Some.Request() with { To = Recipient.Email(anna.Value) });

        Assert.Equal((SendStatus.Suppressed, WhyCodes.Suppressed), (receipt.Status, receipt.Why?.Code));
        Assert.Empty(harness.Immediate.Sent);
        Assert.Equal(DeliveryStatus.Suppressed, (await harness.RecordAsync(receipt.Deliveries[0].Id)).State.Status);
    }

    [Fact]
    public async Task SendNowAsync_GateSaysNotNow_IsNotSentAndNotKeptForLater()
    {
        await using var harness = new SendingHarness(m => m.Services.AddSingleton<ISendGate>(new ScriptedGate(c => c.Defer(new Why("night", "It is night.", Some.Instant.AddHours(8))))));

        var receipt = await harness.Hub.SendNowAsync(Some.Request());
        var record = await harness.RecordAsync(receipt.Deliveries[0].Id);

        Assert.Equal((SendStatus.Suppressed, "night"), (receipt.Status, receipt.Why?.Code));
        Assert.Equal((WorkState.Done, DeliveryStatus.Suppressed, "night"), (record.State.Work, record.State.Status, record.State.Why?.Code));
        Assert.Empty(harness.Immediate.Sent);
    }

    [Fact]
    public async Task SendNowAsync_SeveralRecipients_EachHasItsOwnOutcome()
    {
        await using var harness = new SendingHarness();
        var why = new Why(WhyCodes.Rejected, "Nobody is there.");
        harness.Immediate.OnSend = (_, delivery) => new(harness.Immediate.Sent.Count == 1
            ? new ImmediateOutcome(delivery with { Work = WorkState.Done, Evidence = Evidence.None.With(MessageEventType.Rejected, delivery.AcceptedAt) }, SendStatus.Failed, why, [])
            : FakeImmediateSender.Accepted(delivery));

        var receipt = await harness.Hub.SendNowAsync(Some.Request() with { To = [Some.Recipient(), Some.Recipient()] });

        Assert.Equal(SendStatus.Sent, receipt.Status);
        Assert.Equal([SendStatus.Failed, SendStatus.Sent], receipt.Deliveries.Select(d => d.Status));
        Assert.Equal(DeliveryStatus.Failed, (await harness.RecordAsync(receipt.Deliveries[0].Id)).State.Status);
    }

    [Fact]
    public async Task SendNowAsync_SameKeyTwice_CallsTheProviderOnce()
    {
        await using var harness = new SendingHarness();
        var request = Some.Request() with { IdempotencyKey = "code-1" };

        var first = await harness.Hub.SendNowAsync(request);
        var second = await harness.Hub.SendNowAsync(request);
        var other = await harness.Hub.SendNowAsync(request with { Reference = "other" });

        Assert.Equal((SendStatus.Sent, SendStatus.Duplicate, SendStatus.Conflict), (first.Status, second.Status, other.Status));
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Single(harness.Immediate.Sent);
        Assert.Equal(1, await harness.CountAsync());
    }

    [Fact]
    public async Task SendNowAsync_CancelledBeforeTheFirstCall_StoresNothing()
    {
        await using var harness = new SendingHarness();
        using var cancel = new CancellationTokenSource();
        harness.Immediate.OnSend = (_, _) => throw new OperationCanceledException();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.Hub.SendNowAsync(Some.Request(), cancel.Token));

        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task SendNowAsync_CancelledAfterTheFirstOfTwo_KeepsTheHistoryOfBoth()
    {
        await using var harness = new SendingHarness();
        harness.Immediate.OnSend = (_, delivery) => harness.Immediate.Sent.Count == 1
            ? new(FakeImmediateSender.Accepted(delivery))
            : throw new OperationCanceledException();

        var receipt = await harness.Hub.SendNowAsync(Some.Request() with { To = [Some.Recipient(), Some.Recipient()] });

        Assert.Equal([SendStatus.Sent, SendStatus.Failed], receipt.Deliveries.Select(d => d.Status));
        Assert.Equal(DeliveryStatus.Canceled, (await harness.RecordAsync(receipt.Deliveries[1].Id)).State.Status);
    }

    [Fact]
    public async Task SendNowAsync_RouteOrSchedule_IsRefused()
    {
        await using var harness = new SendingHarness(m => m.AddRoute("urgent", r => r.Try("email")));

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(
            () => harness.Hub.SendNowAsync(Some.Request() with { Route = "urgent", SendAt = Some.Instant.AddHours(1) }));

        Assert.Equal([("Route", "not_supported"), ("SendAt", "not_supported")], refusal.Problems.Select(p => (p.Field, p.Code)));
        Assert.Empty(harness.Immediate.Sent);
    }

    [Fact]
    public async Task SendNowAsync_OutcomeBringsWork_IsEnqueuedWithIt()
    {
        await using var harness = new SendingHarness();
        var work = new WorkItem { Id = Some.Id(), Kind = WorkKind.NotifyHost, Tenant = TenantId.Default };
        harness.Immediate.OnSend = (_, delivery) => new(FakeImmediateSender.Accepted(delivery) with { Enqueues = [work] });

        await harness.Hub.SendNowAsync(Some.Request());

        Assert.Equal(1, (await harness.Get<IWorkQueue>().MeasureAsync(CancellationToken.None)).Ready);
    }
}
