using Messaging.Contacts;
using Messaging.Core.Fakes;
using Messaging.Storage;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class MessageStagingTests : IAsyncDisposable
{
    private readonly FakeDirectory _directory = new();
    private readonly FakeOutbox _outbox = new();
    private readonly Bench _bench;
    private FaultyStore? _store;

    public MessageStagingTests() => _bench = new Bench(m =>
    {
        m.AddTestChannel("email");
        m.Services.AddSingleton<IRecipientDirectory>(_directory);
        m.Services.AddSingleton<IIntakeSource>(_outbox);
        m.Services.AddSingleton<IMessageStore>(s => _store = new FaultyStore(s.GetRequiredService<Messaging.Storage.Memory.MemoryStore>()));
    });

    private IMessageStaging Staging => _bench.Get<IMessageStaging>();

    private IMessageHistory History => _bench.Get<IMessageHistory>();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task StageAsync_BadRequest_ThrowsAllProblems()
    {
        var request = new SendRequest { To = Recipient.Email("nobody"), Content = Some.Content(), ReplyTo = "a\r\nb" };

        var error = await Assert.ThrowsAsync<InvalidSendRequestException>(() => Staging.StageAsync(request, null, default).AsTask());

        Assert.Equal(2, error.Problems.Count);
    }

    [Fact]
    public async Task StageAsync_TemplateLacksAVariable_ThrowsAlthoughTheContactIsNotSavedYet()
    {
        ((FakeTemplates)_bench.Get<ITemplateCatalog>()).Add("welcome", text: "Hello {Name}");
        var request = new SendRequest { To = Recipient.Contact("new"), Channel = "email", Template = new TemplateReference("welcome") };

        var error = await Assert.ThrowsAsync<InvalidSendRequestException>(() => Staging.StageAsync(request, null, default).AsTask());

        Assert.Equal(ProblemCodes.MissingVariable, Assert.Single(error.Problems).Code);
    }

    [Fact]
    public async Task TakeInAsync_ContactSavedInTheMeantime_Sends()
    {
        var staged = await Staging.StageAsync(new SendRequest { To = Recipient.Contact("new"), Content = Some.Content() }, null, default);
        _directory.Add(new Contact { Id = new ContactId(Some.Id()), Tenant = TenantId.Default, ExternalId = "new", Addresses = [new Address("email", "new@example.com")] });

        Assert.Equal([staged.Id], await Staging.TakeInAsync([staged], default));

        await _bench.Test.DrainAsync();
        Assert.Equal("new@example.com", _bench.Test.Single<EmailMessage>().To);
    }

    [Fact]
    public async Task TakeInAsync_Again_SendsOnce()
    {
        var staged = await Staging.StageAsync(Some.Request() with { IdempotencyKey = "k" }, null, default);

        await Staging.TakeInAsync([staged], default);
        var again = await Staging.TakeInAsync([staged], default);

        Assert.Equal([staged.Id], again);
        await _bench.Test.DrainAsync();
        Assert.Single(_bench.Test.Sent);
        Assert.Equal(DeliveryStatus.Sent, Assert.Single((await MessageAsync(staged)).Deliveries).Status);
    }

    [Fact]
    public async Task TakeInAsync_KeyUsedBefore_IsStoredAsSuppressedUnderItsOwnId()
    {
        var request = Some.Request() with { IdempotencyKey = "k" };
        var first = await _bench.Hub.SendAsync(request);
        var staged = await Staging.StageAsync(request, null, default);

        await Staging.TakeInAsync([staged], default);

        var delivery = Assert.Single((await MessageAsync(staged)).Deliveries);
        Assert.Equal((DeliveryStatus.Suppressed, WhyCodes.Duplicate), (delivery.Status, delivery.Why?.Code));
        Assert.Contains(first.MessageId.ToString(), delivery.Why!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakeInAsync_KeyUsedForAnotherRequest_IsStoredAsFailed()
    {
        await _bench.Hub.SendAsync(Some.Request() with { IdempotencyKey = "k" });
        var staged = await Staging.StageAsync(Some.Request() with { IdempotencyKey = "k" }, null, default);

        Assert.Equal([staged.Id], await Staging.TakeInAsync([staged], default));

        var delivery = Assert.Single((await MessageAsync(staged)).Deliveries);
        Assert.Equal((DeliveryStatus.Failed, WhyCodes.Conflict), (delivery.Status, delivery.Why?.Code));
    }

    [Fact]
    public async Task TakeInAsync_DamagedBytesAmongOthers_FailsAloneAndVisibly()
    {
        var good = await Staging.StageAsync(Some.Request(), null, default);
        var bad = (await Staging.StageAsync(Some.Request(), null, default)) with { Payload = new byte[] { 1, 1, 200 } };

        var done = await Staging.TakeInAsync([bad, good], default);

        Assert.Equal([bad.Id, good.Id], done);
        var delivery = Assert.Single((await MessageAsync(bad)).Deliveries);
        Assert.Equal((DeliveryStatus.Failed, WhyCodes.IntakeFailed), (delivery.Status, delivery.Why?.Code));
        await _bench.Test.DrainAsync();
        Assert.Single(_bench.Test.Sent);
    }

    [Fact]
    public async Task TakeInAsync_ContactNeverSaved_FailsAndNamesTheField()
    {
        var staged = await Staging.StageAsync(new SendRequest { To = Recipient.Contact("gone"), Content = Some.Content() }, null, default);

        await Staging.TakeInAsync([staged], default);

        var delivery = Assert.Single((await MessageAsync(staged)).Deliveries);
        Assert.Equal(DeliveryStatus.Failed, delivery.Status);
        Assert.Contains("To[0]", delivery.Why!.Text, StringComparison.Ordinal);
        var dead = Assert.Single((await _bench.Get<IMessageOperations>().DeadLettersAsync(new DeliveryQuery { Tenant = TenantId.Default })).Items);
        Assert.Equal(delivery.Id, dead.Id);
    }

    [Fact]
    public async Task Redrive_OfWhatWasNeverTakenIn_SendsToNobody()
    {
        var staged = await Staging.StageAsync(new SendRequest { To = Recipient.Contact("gone"), Content = Some.Content() }, null, default);
        await Staging.TakeInAsync([staged], default);
        var operations = _bench.Get<IMessageOperations>();
        var everything = new DeliveryQuery { Tenant = TenantId.Default };

        Assert.Equal(1, await operations.RedriveAsync(everything));
        await _bench.Test.DrainAsync();

        Assert.Empty(_bench.Test.Sent);
        Assert.NotEqual(DeliveryStatus.Sent, Assert.Single((await MessageAsync(staged)).Deliveries).Status);
    }

    [Fact]
    public async Task TakeInAsync_ScheduledMomentHasPassed_SendsNow()
    {
        var staged = await Staging.StageAsync(Some.Request() with { SendAt = _bench.Now.AddMinutes(1) }, null, default);
        _bench.Clock.Advance(TimeSpan.FromHours(1));

        await Staging.TakeInAsync([staged], default);

        await _bench.Test.DrainAsync();
        Assert.Single(_bench.Test.Sent);
    }

    [Fact]
    public async Task TakeInAsync_OneChangeThatTheStoreCannotTake_LeavesThatOneOnly()
    {
        var bad = await Staging.StageAsync(Some.Request(), null, default);
        var good = await Staging.StageAsync(Some.Request(), null, default);
        _bench.Get<IMessageStore>();
        _store!.Fault = changes => changes.Any(change => change.Accept?.Message?.Id == bad.Id) ? false : null;

        Assert.Equal([good.Id], await Staging.TakeInAsync([bad, good], default));
    }

    [Fact]
    public async Task TakeInAsync_StoreIsAway_ThrowsAndLeavesAll()
    {
        var staged = await Staging.StageAsync(Some.Request(), null, default);
        _bench.Get<IMessageStore>();
        _store!.Fault = _ => false;

        await Assert.ThrowsAsync<IOException>(() => Staging.TakeInAsync([staged], default).AsTask());
    }

    [Fact]
    public async Task TakeInAsync_StreamAttachment_TravelsInTheBytes()
    {
        var reads = 0;
        var attachment = Attachment.FromStream("a.txt", "text/plain", _ => { reads++; return new(new MemoryStream("hello"u8.ToArray())); });
        var staged = await Staging.StageAsync(Some.Request() with { Attachments = [attachment] }, null, default);

        await Staging.TakeInAsync([staged], default);

        await _bench.Test.DrainAsync();
        Assert.Equal(1, reads);
        Assert.Equal("a.txt", Assert.Single(_bench.Test.Single<EmailMessage>().Attachments).FileName);
    }

    [Fact]
    public async Task StepAsync_ProcessDiesBeforeRemoving_SendsOnceAfterTheNextRound()
    {
        _outbox.Commit(await Staging.StageAsync(Some.Request(), null, default));
        _outbox.DiesBeforeRemoving = true;
        await Assert.ThrowsAsync<IOException>(() => _bench.Get<IMessageIntake>().StepAsync());
        _outbox.DiesBeforeRemoving = false;

        Assert.Equal(1, await _bench.Get<IMessageIntake>().StepAsync());

        await _bench.Test.DrainAsync();
        Assert.Single(_bench.Test.Sent);
        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public async Task StepAsync_NewerFormat_StaysForANewerProcess()
    {
        var staged = await Staging.StageAsync(Some.Request(), null, default);
        _outbox.Commit(staged with { Format = Staging.Format + 1 });

        Assert.Equal(0, await _bench.Get<IMessageIntake>().StepAsync());
        Assert.Equal(1, _outbox.Count);
    }

    [Fact]
    public async Task StepAsync_DirectoryBroken_WaitsLetsOthersByAndGivesUpAfterAnHour()
    {
        var intake = _bench.Get<IMessageIntake>();
        var stuck = await Staging.StageAsync(new SendRequest { To = Recipient.Contact("c"), Content = Some.Content() }, null, default);
        _directory.Miscounts = true;
        _outbox.Commit(stuck, await Staging.StageAsync(Some.Request(), null, default));

        Assert.Equal(1, await intake.StepAsync());
        Assert.Equal(0, await intake.StepAsync());
        Assert.Equal(1, _outbox.Count);
        for (var i = 0; i < 62; i++)
        {
            _bench.Clock.Advance(TimeSpan.FromMinutes(1));
            await intake.StepAsync();
        }

        Assert.Equal(0, _outbox.Count);
        var delivery = Assert.Single((await MessageAsync(stuck)).Deliveries);
        Assert.Equal((DeliveryStatus.Failed, WhyCodes.IntakeFailed), (delivery.Status, delivery.Why?.Code));
    }

    [Fact]
    public async Task StageAsync_TenantFixed_RefusesAnothers()
    {
        var request = Some.Request() with { Tenant = new TenantId("b") };

        var error = await Assert.ThrowsAsync<InvalidSendRequestException>(() => Staging.StageAsync(request, new TenantId("a"), default).AsTask());

        Assert.Equal(ProblemCodes.Tenant, Assert.Single(error.Problems).Code);
    }

    private async Task<MessageDetails> MessageAsync(StagedMessage staged) => (await History.GetAsync(staged.Tenant, staged.Id))!;
}
