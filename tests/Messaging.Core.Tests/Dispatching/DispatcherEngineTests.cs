using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Dispatching;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Dispatching;

public sealed class DispatcherEngineTests
{
    [Fact]
    public async Task StepAsync_OneDelivery_IsSentAndSettled()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();

        Assert.Equal(1, await bench.StepAsync());

        Assert.Equal(id, Assert.Single(bench.Test.Sent).DeliveryId);
        var state = await bench.StateAsync(id);
        Assert.Equal(DeliveryStatus.Sent, state.Status);
        Assert.Equal((1, "email"), (state.Attempts, state.Account));
        Assert.NotNull(state.ProviderId);
        Assert.Equal(0, await bench.StepAsync());
    }

    [Fact]
    public async Task StepAsync_ChannelThrowsAfterTheCallBegan_TriesAgainUnderTheSameIdentity()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.When().Throws(new IOException("broken")).Times(1);

        await bench.StepAsync();
        var state = await bench.StateAsync(id);
        Assert.Equal(DeliveryStatus.Unconfirmed, state.Status);
        Assert.Equal(WhyCodes.Unconfirmed, state.Why!.Code);
        Assert.InRange(state.DueAt - bench.Now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
        Assert.Equal([1, 2], bench.Test.Attempts.Select(a => a.Attempt));
        Assert.Single(bench.Test.Attempts.Select(a => a.DeliveryId).Distinct());
    }

    [Fact]
    public async Task StepAsync_SmsOfUnknownOutcome_IsHeldAndNotSentAgain()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(Some.Recipient(ChannelKinds.Sms));
        bench.Test.FailNext(new SendResult.Unconfirmed("reset"));

        await bench.StepAsync();
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(2));

        var state = await bench.StateAsync(id);
        Assert.Equal((WorkState.Parked, DeliveryStatus.Unconfirmed), (state.Work, state.Status));
        Assert.Single(bench.Test.Attempts);
    }

    [Theory]
    [InlineData(MessageEventType.Delivered, DeliveryStatus.Delivered)]
    [InlineData(MessageEventType.Sent, DeliveryStatus.Sent)]
    [InlineData(MessageEventType.Undelivered, DeliveryStatus.Failed)]
    public async Task StepAsync_ReceiptForAHeldDelivery_EndsItWithoutAnotherCall(MessageEventType receipt, DeliveryStatus status)
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(Some.Recipient(ChannelKinds.Sms));
        bench.Test.FailNext(new SendResult.Unconfirmed("reset"));
        await bench.StepAsync();

        await bench.ReportAsync(id, receipt, "sms");
        await bench.Test.DrainAsync();

        var state = await bench.StateAsync(id);
        Assert.Equal((WorkState.Done, status), (state.Work, state.Status));
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task StepAsync_ReceiptBeforeTheRetryOfAMail_IsNotSentAgain()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.FailNext(new SendResult.Unconfirmed("reset"));
        await bench.StepAsync();

        await bench.ReportAsync(id, MessageEventType.Delivered);
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(id));
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task StepAsync_OperatorRetriesAHeldDelivery_IsSentAgain()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(Some.Recipient(ChannelKinds.Sms));
        bench.Test.FailNext(new SendResult.Unconfirmed("reset"));
        await bench.StepAsync();

        Assert.True(await bench.Operations.RetryAsync(TenantId.Default, id));
        await bench.Test.DrainAsync();

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task StepAsync_Expired_IsNotSent()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(edit: r => r with { SendAt = bench.Now + TimeSpan.FromMinutes(1), ExpiresAt = bench.Now + TimeSpan.FromMinutes(2) });

        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await bench.Test.DrainAsync();

        Assert.Equal(DeliveryStatus.Expired, await bench.StatusAsync(id));
        Assert.Empty(bench.Test.Attempts);
    }

    [Fact]
    public async Task StepAsync_RetryWouldComeAfterTheExpiry_ExpiresAtTheMomentItself()
    {
        await using var bench = Bench(m => m.ConfigureKind("email", k => k.RetryAfter = [TimeSpan.FromHours(5)]));
        var expires = bench.Now + TimeSpan.FromSeconds(30);
        var id = await bench.SendAsync(edit: r => r with { ExpiresAt = expires });
        bench.Test.When().Returns(new SendResult.Throttled(TimeSpan.FromHours(1), FailureScope.Message, "450", "later"));

        await bench.StepAsync();
        Assert.Equal(expires, (await bench.StateAsync(id)).DueAt);
        await bench.Test.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(DeliveryStatus.Expired, await bench.StatusAsync(id));
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task StepAsync_AttemptsUsedUp_GoesToTheDeadLetters()
    {
        await using var bench = Bench(m => m.ConfigureKind("email", k => k.MaxAttempts = 3));
        var id = await bench.SendAsync();
        bench.Test.When().Returns(new SendResult.NotSent("connection refused", FailureScope.Message));

        await bench.Test.AdvanceAsync(TimeSpan.FromHours(2));

        var state = await bench.StateAsync(id);
        Assert.Equal((DeliveryStatus.Failed, 3, true), (state.Status, state.Attempts, state.DeadLetter));
        Assert.Equal(WhyCodes.AttemptsExhausted, state.Why!.Code);
        Assert.Single((await bench.Operations.DeadLettersAsync(new DeliveryQuery { Tenant = TenantId.Default })).Items);
    }

    [Fact]
    public async Task StepAsync_RedrivenDeadLetter_BeginsANewCount()
    {
        await using var bench = Bench(m => m.ConfigureKind("email", k => k.MaxAttempts = 1));
        var id = await bench.SendAsync();
        bench.Test.FailNext(new SendResult.NotSent("down", FailureScope.Message));
        await bench.Test.DrainAsync();

        Assert.Equal(1, await bench.Operations.RedriveAsync(new DeliveryQuery { Tenant = TenantId.Default }));
        await bench.Test.DrainAsync();

        var state = await bench.StateAsync(id);
        Assert.Equal((DeliveryStatus.Sent, 1, 2, false), (state.Status, state.Attempts, state.TotalAttempts, state.DeadLetter));
    }

    [Fact]
    public async Task StepAsync_ProviderNamesAWait_IsNotCalledSooner()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.FailNext(new SendResult.Throttled(TimeSpan.FromMinutes(7), FailureScope.Message, "450", "greylisted"));

        await bench.StepAsync();

        var state = await bench.StateAsync(id);
        Assert.InRange(state.DueAt - bench.Now, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7.1));
        Assert.Equal(state.DueAt, state.Why!.Until);
    }

    [Fact]
    public async Task StepAsync_MessageRefused_FailsWithTheProvidersWords()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.FailNext(new SendResult.Rejected(RejectionReason.TooLarge, FailureScope.Message, "552 5.3.4", "message too big"));

        await bench.StepAsync();

        var state = await bench.StateAsync(id);
        Assert.Equal((DeliveryStatus.Failed, false), (state.Status, state.DeadLetter));
        Assert.Contains("message too big", state.Why!.Text, StringComparison.Ordinal);
        var attempt = Assert.Single(await bench.TimelineAsync(id), e => e.Type == TimelineType.Attempt);
        Assert.Equal(("552 5.3.4", MessageEventType.Rejected), (attempt.ProviderCode, attempt.Event));
    }

    [Fact]
    public async Task StepAsync_ClaimedAgainAndAgainWithoutAnEnd_IsPoison()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        for (var i = 0; i < 5; i++)
        {
            await bench.Queue.ClaimAsync(new ClaimRequest { Max = 10, LeaseFor = TimeSpan.FromSeconds(5), Owner = "dying" }, CancellationToken.None);
            bench.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        await bench.StepAsync();

        var state = await bench.StateAsync(id);
        Assert.Equal((WhyCodes.Poison, true, DeliveryStatus.Failed), (state.Why!.Code, state.DeadLetter, state.Status));
        Assert.Empty(bench.Test.Attempts);
    }

    [Fact]
    public async Task StepAsync_CallBeganUnderALostLease_IsHeldForSmsAndSentForMail()
    {
        await using var bench = Bench();
        var sms = await bench.SendAsync(Some.Recipient(ChannelKinds.Sms));
        var mail = await bench.SendAsync();
        var claimed = await bench.Queue.ClaimAsync(new ClaimRequest { Max = 10, LeaseFor = TimeSpan.FromSeconds(5), Owner = "dying" }, CancellationToken.None);
        await bench.Get<IMessageStore>().CommitAsync(
            [.. claimed.Select(c => new Change { Begins = [new AttemptStart(c.Lease, c.Delivery!.Delivery.Channel)] })], CancellationToken.None);
        bench.Clock.Advance(TimeSpan.FromSeconds(6));

        await bench.Test.DrainAsync();

        Assert.Equal(mail, Assert.Single(bench.Test.Sent).DeliveryId);
        var state = await bench.StateAsync(sms);
        Assert.Equal((WorkState.Parked, DeliveryStatus.Unconfirmed), (state.Work, state.Status));
    }

    [Fact]
    public async Task StepAsync_Sms_SaysThatTheCallBeginsBeforeItDoes()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(Some.Recipient(ChannelKinds.Sms));
        var began = false;
        bench.Test.When().Returns(_ =>
        {
            // The store shows what another node would see if this process died now.
            bench.Clock.Advance(TimeSpan.FromMinutes(10));
            began = bench.Queue.ClaimAsync(new ClaimRequest { Max = 1, LeaseFor = TimeSpan.FromMinutes(1), Owner = "other" }, CancellationToken.None)
                .AsTask().GetAwaiter().GetResult().Single().Delivery!.State.AttemptBegan;
            return new SendResult.Accepted("x");
        });

        await bench.StepAsync();

        Assert.True(began);
        Assert.Equal(DeliveryStatus.Sending, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task StepAsync_SettledUnderALostLease_ChangesNothing()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.When().Returns(_ =>
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(10));
            bench.Queue.ClaimAsync(new ClaimRequest { Max = 1, LeaseFor = TimeSpan.FromMinutes(1), Owner = "other" }, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            return new SendResult.Accepted("x");
        });

        await bench.StepAsync();

        var state = await bench.StateAsync(id);
        Assert.Equal((WorkState.Leased, 0), (state.Work, state.Attempts));
    }

    [Fact]
    public async Task StepAsync_CanceledWhileItWaitsForARetry_IsNotSent()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.FailNext(new SendResult.NotSent("down", FailureScope.Message));
        await bench.StepAsync();

        await bench.Operations.CancelAsync(TenantId.Default, (await bench.FindAsync(id)).Message.Id);
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(DeliveryStatus.Canceled, await bench.StatusAsync(id));
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task StepAsync_CanceledDuringTheCall_IsWithdrawnUnlessTheCallSucceeds()
    {
        await using var bench = Bench();
        var fails = await bench.SendAsync();
        var succeeds = await bench.SendAsync();
        bench.Test.When().Returns(message =>
        {
            bench.Operations.CancelAsync(TenantId.Default, message.MessageId).GetAwaiter().GetResult();
            return message.DeliveryId == fails ? new SendResult.NotSent("down", FailureScope.Message) : new SendResult.Accepted("x");
        });

        await bench.StepAsync();

        Assert.Equal(DeliveryStatus.Canceled, await bench.StatusAsync(fails));
        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(succeeds));
    }

    [Fact]
    public async Task StepAsync_SuppressedWhileItWaited_IsStoppedBeforeTheCall()
    {
        await using var bench = Bench();
        var address = Some.Address();
        var id = await bench.SendAsync(Recipient.To(address));
        await bench.Get<Messaging.Gates.ISuppressions>().AddAsync(new Messaging.Gates.Suppression
        {
            Tenant = TenantId.Default,
            Address = address,
            Reason = Messaging.Gates.SuppressionReason.Unsubscribed,
            Source = "test",
        });

        await bench.StepAsync();

        Assert.Equal(DeliveryStatus.Suppressed, await bench.StatusAsync(id));
        Assert.Empty(bench.Test.Attempts);
    }

    [Fact]
    public async Task StepAsync_AccountPaused_HoldsUntilItIsResumed()
    {
        await using var bench = Bench();
        var scope = new PauseScope(TenantId.Default, "email");
        var id = await bench.SendAsync();
        await bench.Operations.PauseAsync(scope, "maintenance");

        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal((WorkState.Parked, WhyCodes.Paused), ((await bench.StateAsync(id)).Work, (await bench.StateAsync(id)).Why!.Code));

        await bench.Operations.ResumeAsync(scope);
        await bench.Test.DrainAsync();
        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task StepAsync_HardRefusedAddress_IsSuppressedForLaterMessages()
    {
        await using var bench = Bench();
        var to = Some.Recipient();
        await bench.SendAsync(to);
        bench.Test.FailNext(new SendResult.Rejected(RejectionReason.UnknownRecipient, FailureScope.Address, "550 5.1.1", "no such user"));
        await bench.StepAsync();

        var receipt = await bench.Hub.SendAsync(new SendRequest { To = to, Content = Some.Content() });

        Assert.Equal(SendStatus.Suppressed, receipt.Status);
    }

    [Fact]
    public async Task StepAsync_SoftRefusals_SuppressAtTheThirdAndForAWhile()
    {
        await using var bench = Bench();
        var to = Some.Recipient();
        bench.Test.When().Returns(new SendResult.Rejected(RejectionReason.MailboxFull, FailureScope.Address, "552 5.2.2", "full"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(SendStatus.Accepted, (await bench.Hub.SendAsync(new SendRequest { To = to, Content = Some.Content() })).Status);
            await bench.Test.DrainAsync();
        }

        Assert.Equal(SendStatus.Suppressed, (await bench.Hub.SendAsync(new SendRequest { To = to, Content = Some.Content() })).Status);
        await bench.Test.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Equal(SendStatus.Accepted, (await bench.Hub.SendAsync(new SendRequest { To = to, Content = Some.Content() })).Status);
    }

    [Fact]
    public async Task StepAsync_DefaultSenderRefused_PausesItAndSendsOnceResumed()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.FailNext(new SendResult.Rejected(RejectionReason.Policy, FailureScope.Sender, "550 5.7.1", "sender not verified"));

        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(WhyCodes.Paused, (await bench.StateAsync(id)).Why!.Code);
        var pause = Assert.Single(await bench.Operations.PausesAsync(TenantId.Default));
        Assert.Contains("sender not verified", pause.Reason, StringComparison.Ordinal);
        await bench.Operations.ResumeAsync(pause.Scope);
        await bench.Test.DrainAsync();
        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task StepAsync_SenderOfTheMessageRefused_FailsThatMessageOnly()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(edit: r => r with { From = "other@example.com" });
        bench.Test.FailNext(new SendResult.Rejected(RejectionReason.Policy, FailureScope.Sender, "550 5.7.1", "not yours"));

        await bench.Test.DrainAsync();

        Assert.Equal(DeliveryStatus.Failed, await bench.StatusAsync(id));
        Assert.Empty(await bench.Operations.PausesAsync(TenantId.Default));
    }

    [Fact]
    public async Task StepAsync_CopyRefused_IsInTheTimelineAndChangesNoStatus()
    {
        await using var bench = Bench();
        var copy = Some.Address();
        var id = await bench.SendAsync(edit: r => r with { Cc = [Recipient.To(copy)] });
        bench.Test.FailNext(new SendResult.Accepted("x")
        {
            Recipients = [new RecipientResult(1, new SendResult.Rejected(RejectionReason.UnknownRecipient, FailureScope.Address, "550", "no such user"))],
        });

        await bench.StepAsync();

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
        Assert.Contains(await bench.TimelineAsync(id), e => e.Type == TimelineType.Event && e.ProviderText!.Contains("no such user", StringComparison.Ordinal));
        Assert.Single(await bench.Get<Messaging.Gates.ISuppressions>().FindAsync(TenantId.Default, copy));
    }

    [Fact]
    public async Task StepAsync_AccountGone_WaitsAndSaysWhatThereIs()
    {
        await using var bench = Bench();
        var id = Some.StoredDelivery() with { Channel = "gone" };
        await bench.Get<IMessageStore>().CommitAsync([Some.Accept(id)], CancellationToken.None);

        await bench.StepAsync();

        var state = await bench.StateAsync(id.Id);
        Assert.Equal((WorkState.Waiting, WhyCodes.AccountMissing, 0), (state.Work, state.Why!.Code, state.Attempts));
        Assert.Contains("Registered: email, sms", state.Why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepAsync_PayloadThatCannotBeRead_GoesToTheDeadLettersAndHarmsNoNeighbour()
    {
        await using var bench = Bench();
        var bad = Some.StoredDelivery() with { Channel = "email" };
        await bench.Get<IMessageStore>().CommitAsync([Some.Accept(bad)], CancellationToken.None);
        var good = await bench.SendAsync();

        await bench.StepAsync();

        Assert.True((await bench.StateAsync(bad.Id)).DeadLetter);
        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(good));
    }

    [Fact]
    public async Task StepAsync_StoreOfAnotherEnvironment_SendsNothing()
    {
        await using var bench = Bench(m => m.Environment("staging"));
        await bench.Get<IMessageStore>().CommitAsync(
            [new Change { Entities = [EntityChange.Put(new Messaging.Sending.EnvironmentStamp("production"))] }], CancellationToken.None);
        await bench.SendAsync();

        Assert.Equal(0, await bench.StepAsync());

        await bench.Get<IStoreEnvironment>().ConfirmAsync();
        Assert.Equal(1, await bench.StepAsync());
    }

    [Fact]
    public async Task StepAsync_CancelledRound_HandsBackWhatWasNotSent()
    {
        await using var bench = Bench();
        var first = await bench.SendAsync();
        var second = await bench.SendAsync();
        using var stop = new CancellationTokenSource();
        bench.Test.When().Returns(_ =>
        {
            stop.Cancel();
            return new SendResult.Accepted("x");
        });

        await bench.Get<IMessageDispatcher>().StepAsync(stop.Token);

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(first));
        var state = await bench.StateAsync(second);
        Assert.Equal((WorkState.Ready, 0), (state.Work, state.Attempts));
    }

    [Fact]
    public async Task StepAsync_CancelledWhileItPrepares_HandsBackWhatItClaimed()
    {
        var gate = new SlowGate();
        await using var bench = Bench(m => m.Services.AddSingleton<ISendGate>(gate));
        await bench.SendAsync();
        using var cancel = new CancellationTokenSource();
        var step = bench.Get<IMessageDispatcher>().StepAsync(cancel.Token);
        Assert.Equal(1, gate.Most);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        gate.Open();
        Assert.Equal(1, await bench.StepAsync());
        Assert.Single(bench.Test.Sent);
    }

    private static Bench Bench(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("email").AddTestChannel("sms");
        configure?.Invoke(m);
    });
}
