using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>The promises of <see cref="IMessageReader"/>. Derive once per store.</summary>
public abstract partial class MessageReaderContract : StoreContract
{
    [Fact]
    public async Task Get_UnknownOrAnotherTenants_IsNull()
    {
        var delivery = await AcceptAsync();
        var stranger = Some.Tenant();

        Assert.Null(await Fixture.Reader.GetMessageAsync(TenantId.Default, Some.MessageId(), default));
        Assert.Null(await Fixture.Reader.GetMessageAsync(stranger, delivery.MessageId, default));
        Assert.Null(await Fixture.Reader.GetDeliveryAsync(TenantId.Default, Some.DeliveryId(), default));
        Assert.Null(await Fixture.Reader.GetDeliveryAsync(stranger, delivery.Id, default));
        Assert.Empty(await Fixture.Reader.GetTimelineAsync(stranger, delivery.Id, default));
        Assert.NotNull(await Fixture.Reader.GetMessageAsync(TenantId.Default, delivery.MessageId, default));
    }

    [Fact]
    public async Task FindForReceipt_ByOurId_IsFoundWhateverTheTenant()
    {
        var delivery = await AcceptAsync(d => d with { Tenant = Some.Tenant() });

        Assert.Equal(delivery.Id, (await Fixture.Reader.FindForReceiptAsync(delivery.Id, "any", null, default))!.Delivery.Id);
        Assert.Null(await Fixture.Reader.FindForReceiptAsync(Some.DeliveryId(), "any", null, default));
        Assert.Null(await Fixture.Reader.FindForReceiptAsync(null, "any", null, default));
    }

    [Fact]
    public async Task FindForReceipt_ByProvidersId_IsFoundOnItsAccountOnly()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Settle(Sent(work, "łp-1")));

        Assert.Equal(work.Delivery!.Delivery.Id, (await Fixture.Reader.FindForReceiptAsync(null, "email", "łp-1", default))!.Delivery.Id);
        Assert.Null(await Fixture.Reader.FindForReceiptAsync(null, "email-2", "łp-1", default));
        Assert.Null(await Fixture.Reader.FindForReceiptAsync(null, "email", "łp-2", default));
        Assert.Equal(work.Delivery.Delivery.Id, (await Fixture.Reader.FindForReceiptAsync(Some.DeliveryId(), "email", "łp-1", default))!.Delivery.Id);
    }

    [Fact]
    public async Task FindForReceipt_IdsOfEarlierAttempts_AreStillFound()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Settle(Retry(work, TimeSpan.Zero) with { ProviderId = "first" }));
        work = await ClaimOneAsync();
        await ApplyAsync(Settle(Retry(work, TimeSpan.Zero) with { ProviderId = "second", Attempt = Attempt(MessageEventType.Deferred, "other") }));
        work = await ClaimOneAsync();
        await ApplyAsync(Settle(Sent(work, "third")));

        foreach (var (account, id) in new[] { ("email", "first"), ("other", "second"), ("email", "third") })
        {
            Assert.Equal(work.Delivery!.Delivery.Id, (await Fixture.Reader.FindForReceiptAsync(null, account, id, default))?.Delivery.Id);
        }

        Assert.Equal("third", (await StateAsync(work.Delivery!.Delivery)).ProviderId);
        Assert.Null(await Fixture.Reader.FindForReceiptAsync(null, "other", "third", default));
    }

    [Fact]
    public async Task FindForReceipt_OneIdForTwo_FindsTheLatest()
    {
        await AcceptAsync();
        await AcceptAsync();
        var claimed = await ClaimAsync();
        await ApplyAsync(Settle(Sent(claimed[0], "same")));
        await ApplyAsync(Settle(Sent(claimed[1], "same")));

        Assert.Equal(claimed[1].Delivery!.Delivery.Id, (await Fixture.Reader.FindForReceiptAsync(null, "email", "same", default))!.Delivery.Id);
    }

    [Fact]
    public async Task Timeline_OneAttempt_TellsAcceptAttemptAndEnd()
    {
        var work = await AcceptAndClaimAsync();
        var accepted = Now;
        await Fixture.AdvanceAsync(TimeSpan.FromSeconds(2));
        var started = Now;
        await Fixture.AdvanceAsync(TimeSpan.FromMilliseconds(350));
        var outcome = new AttemptOutcome("email-2", started, TimeSpan.FromMilliseconds(340), MessageEventType.Submitted);
        await ApplyAsync(Settle(Sent(work, "p") with { Attempt = outcome }));

        var timeline = await TimelineAsync(work.Delivery!.Delivery);

        Assert.Equal([TimelineType.Accepted, TimelineType.Attempt, TimelineType.Settled], timeline.Select(entry => entry.Type));
        Assert.Equal([accepted, started, Now], timeline.Select(entry => entry.At));
        Assert.Equal(
            (1, "email-2", (TimeSpan?)outcome.Elapsed, MessageEventType.Submitted),
            (timeline[1].Attempt, timeline[1].Account, timeline[1].Elapsed, timeline[1].Event));
        Assert.Equal(MessageEventType.Submitted, timeline[2].Event);
    }

    [Fact]
    public async Task Accept_AlreadySent_KeepsTheCallAndTheProvidersId()
    {
        var call = new AttemptOutcome("email-2", Now.AddSeconds(-1), TimeSpan.FromMilliseconds(340), MessageEventType.Submitted);
        var delivery = await AcceptAsync(d => d with
        {
            Work = WorkState.Done,
            Evidence = Evidence.None.With(MessageEventType.Submitted, Now),
            Attempt = call,
            ProviderId = "p-1",
        });

        var state = await StateAsync(delivery);
        var timeline = await TimelineAsync(delivery);

        Assert.Equal((DeliveryStatus.Sent, 1, 1, "email-2", "p-1"), (state.Status, state.Attempts, state.TotalAttempts, state.Account, state.ProviderId));
        Assert.Equal(delivery.Id, (await Fixture.Reader.FindForReceiptAsync(null, "email-2", "p-1", default))?.Delivery.Id);
        Assert.Equal((call.StartedAt, (TimeSpan?)call.Elapsed, 1), timeline.Where(entry => entry.Type == TimelineType.Attempt).Select(entry => (entry.At, entry.Elapsed, entry.Attempt ?? 0)).Single());
        Assert.Equal(TimelineType.Settled, timeline[^1].Type);
    }

    [Fact]
    public async Task Timeline_LongStory_IsToldInOrder()
    {
        var scheduled = new Why(WhyCodes.QuietHours, "It is night.", Now.AddHours(8));
        var delivery = await AcceptAsync(d => d with { Work = WorkState.Waiting, DueAt = Now.AddHours(8), Why = scheduled });
        await Fixture.AdvanceAsync(TimeSpan.FromHours(8));
        var refused = Attempt(MessageEventType.Deferred) with { ProviderCode = "4.2.1", ProviderText = "Zajęte, proszę później." };
        var retry = Retry(await ClaimOneAsync(), TimeSpan.FromMinutes(1)) with { Attempt = refused };
        await ApplyAsync(Settle(retry));
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await ApplyAsync(Settle(Park(await ClaimOneAsync(), "key")));
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await ApplyAsync(new Change { Releases = [new Release("key")] });
        await ApplyAsync(Settle(Dead(await ClaimOneAsync())));
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await ApplyAsync(Command(DeliveryCommandType.Redrive, delivery, new Why("operator", "Try again.")));
        await ApplyAsync(Settle(Sent(await ClaimOneAsync(), "p")));
        await Fixture.AdvanceAsync(TimeSpan.FromMinutes(1));
        await ApplyAsync(new Change { Events = [Event(delivery, MessageEventType.Delivered) with { ProviderCode = "2.0.0", ProviderText = "OK" }] });

        var timeline = await TimelineAsync(delivery);

        Assert.Equal(
            [
                TimelineType.Accepted, TimelineType.Deferred, TimelineType.Attempt, TimelineType.Deferred, TimelineType.Parked, TimelineType.Released,
                TimelineType.Attempt, TimelineType.Settled, TimelineType.Redriven, TimelineType.Attempt, TimelineType.Settled, TimelineType.Event,
            ],
            timeline.Select(entry => entry.Type));
        Assert.Equal(timeline.Select(entry => entry.At).Order(), timeline.Select(entry => entry.At));
        Assert.Equal(scheduled, timeline[1].Why);
        Assert.Equal((1, "4.2.1", "Zajęte, proszę później."), (timeline[2].Attempt, timeline[2].ProviderCode, timeline[2].ProviderText));
        Assert.Equal(retry.Why, timeline[3].Why);
        Assert.Equal(WhyCodes.Paused, timeline[4].Why!.Code);
        Assert.Equal((2, 3), (timeline[6].Attempt, timeline[9].Attempt));
        Assert.Equal((MessageEventType.Dead, WhyCodes.AttemptsExhausted), (timeline[7].Event, timeline[7].Why!.Code));
        Assert.Equal("operator", timeline[8].Why!.Code);
        Assert.Equal((MessageEventType.Delivered, "email", "2.0.0", "OK"), (timeline[11].Event, timeline[11].Account, timeline[11].ProviderCode, timeline[11].ProviderText));
    }

    [Fact]
    public async Task Timeline_HandedBack_SaysNothing()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Settle(Next(work, WorkState.Ready) with { HandBack = true }));

        Assert.Equal([TimelineType.Accepted], (await TimelineAsync(work.Delivery!.Delivery)).Select(entry => entry.Type));
    }

    [Fact]
    public async Task Timeline_LongProviderText_IsCut()
    {
        var work = await AcceptAndClaimAsync();
        await ApplyAsync(Settle(Sent(work) with { Attempt = Attempt(MessageEventType.Submitted) with { ProviderText = new string('ż', 900) } }));

        Assert.Equal(500, (await TimelineAsync(work.Delivery!.Delivery))[1].ProviderText!.Length);
    }

    [Fact]
    public async Task Timeline_Cancelled_SaysWhy()
    {
        var delivery = await AcceptAsync();
        var why = new Why("operator", "The booking was moved.");
        await ApplyAsync(Command(DeliveryCommandType.Cancel, delivery, why));

        var last = (await TimelineAsync(delivery))[^1];
        Assert.Equal((TimelineType.Settled, MessageEventType.Canceled, why), (last.Type, last.Event, last.Why));
    }

    private async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(StoredDelivery delivery) =>
        await Fixture.Reader.GetTimelineAsync(delivery.Tenant, delivery.Id, default);
}
