using System.Diagnostics;
using Messaging.Channels;
using Messaging.Contacts;
using Messaging.Core.Fakes;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class AcceptPipelineTests
{
    private static readonly Address Anna = new(ChannelKinds.Email, "anna@example.com");

    [Fact]
    public async Task SendAsync_RawContent_StoresEverythingAndReachesTheChannelUnchanged()
    {
        await using var harness = new SendingHarness();
        var request = new SendRequest
        {
            To = Recipient.Email("Anna.Kowalska@EXAMPLE.com", "Anna Kowalska"),
            From = "Salon <salon@example.com>",
            ReplyTo = "desk@example.com",
            Content = new() { Subject = "Zażółć", Text = "gęślą", Html = "<p>jaźń 😀</p>", Actions = [new("Cancel", "https://example.com/cancel")] },
            Category = "reminder",
            Priority = MessagePriority.High,
            Reference = "booking:981",
            Metadata = new Dictionary<string, string> { ["booking"] = "981" },
            Locale = "pl-PL",
        };

        var receipt = await harness.Hub.SendAsync(request);
        var record = await harness.RecordAsync(receipt.Deliveries[0].Id);
        var message = await harness.BuildAsync(record, harness.Capabilities(ChannelKinds.Email) with { Actions = true });

        Assert.Equal(SendStatus.Accepted, receipt.Status);
        Assert.Null(receipt.Why);
        Assert.Equal(receipt.MessageId, record.Message.Id);
        Assert.Equal(new Address(ChannelKinds.Email, "Anna.Kowalska@example.com"), record.Delivery.Address);
        Assert.Equal(("email", MessagePriority.High, "booking:981", "reminder"), (record.Delivery.Channel, record.Delivery.Priority, record.Delivery.Reference, record.Message.Category));
        Assert.Equal(DeliveryStatus.Queued, record.State.Status);
        Assert.Equal(harness.Time.Now.AddDays(4), record.Message.ExpiresAt);
        Assert.Equal(new OutboundRecipient(record.Delivery.Address, "Anna Kowalska"), message.To);
        Assert.Equal(("Salon <salon@example.com>", "desk@example.com", "pl-PL"), (message.From, message.ReplyTo, message.Locale));
        Assert.Equal(("Zażółć", "gęślą", "<p>jaźń 😀</p>"), (message.Subject.ToString(), message.Text.ToString(), message.Html.ToString()));
        Assert.Equal(new MessageAction("Cancel", "https://example.com/cancel"), Assert.Single(message.Actions));
        Assert.Equal("981", message.Metadata["booking"]);
        Assert.Equal((1, harness.Time.Now), (message.Attempt, message.AcceptedAt));
    }

    [Fact]
    public async Task SendAsync_NothingToWaitFor_CompletesWithinTheCall()
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", text: "Hello {Name}");

        Assert.True(harness.Hub.SendAsync(Some.Request()).IsCompletedSuccessfully);
        Assert.True(harness.Hub.SendAsync(Greeting(Some.Recipient())).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task SendAsync_Template_RendersOnceAndKeepsWhatItRendered()
    {
        await using var harness = new SendingHarness();
        var template = harness.Templates.Add("greeting", subject: "Hi {Name}", text: "Hello {Name}", html: "<b>{Name}</b>");

        var record = await harness.AcceptAsync(Greeting(Some.Recipient()));
        harness.Templates.Add("greeting", subject: "changed", text: "changed");
        var message = await harness.BuildAsync(record);
        var build = await harness.TryBuildAsync(record);

        Assert.Equal(("Hi Anna", "Hello Anna", "<b>Anna</b>"), (message.Subject.ToString(), message.Text.ToString(), message.Html.ToString()));
        Assert.Equal(1, template.Rendered);
        Assert.Null(build.Rendered);
        Assert.Equal("greeting", record.Message.Template);
    }

    [Fact]
    public async Task SendAsync_TemplateThatAnswersLater_IsAwaited()
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", text: "Hello {Name}");
        harness.Templates.IsSlow = true;

        var record = await harness.AcceptAsync(Greeting(Some.Recipient()));

        Assert.Equal("Hello Anna", (await harness.BuildAsync(record)).Text.ToString());
    }

    [Theory]
    [InlineData("fr", "de", "pl", "fr")]
    [InlineData(null, "de", "pl", "de")]
    [InlineData(null, null, "pl", "pl")]
    [InlineData(null, null, "no such", "es")]
    [InlineData(null, null, null, "es")]
    public async Task SendAsync_Locale_IsTheClosestThatSomebodyNames(string? request, string? recipient, string? contact, string expected)
    {
        await using var harness = new SendingHarness(m => m.ConfigureTenant("default", t => t.Locale = "es").UseDirectory<FakeDirectory>());
        FakeDirectory.Of(harness).Add(new Contact { Id = Some.ContactId(), Tenant = TenantId.Default, ExternalId = "anna", Locale = contact, Addresses = [Anna] });
        foreach (var locale in new[] { "fr", "de", "pl", "es", "default" })
        {
            harness.Templates.Add("greeting", locale: locale, text: $"{locale} {{Name}}");
        }

        var record = await harness.AcceptAsync(Greeting(Recipient.Contact("anna") with { Locale = recipient }) with { Locale = request });

        Assert.Equal($"{expected} Anna", (await harness.BuildAsync(record)).Text.ToString());
        Assert.Equal(expected, (await harness.BuildAsync(record)).Locale);
    }

    [Fact]
    public async Task SendAsync_TimeZone_IsTheRecipients()
    {
        await using var harness = new SendingHarness(m => m.DefaultLocale("en", "Europe/Warsaw"));
        harness.Templates.Add("at", text: "{When}");
        var request = Some.Request() with { Content = null, Template = new("at") { Data = TemplateData.From([KeyValuePair.Create("When", (object?)Some.Instant)]) } };

        var warsaw = await harness.AcceptAsync(request);
        var tokyo = await harness.AcceptAsync(request with { To = Some.Recipient() with { TimeZone = "Asia/Tokyo" } });

        Assert.Contains("11:00", (await harness.BuildAsync(warsaw)).Text.ToString(), StringComparison.Ordinal);
        Assert.Contains("7:00", (await harness.BuildAsync(tokyo)).Text.ToString(), StringComparison.Ordinal);
        Assert.Equal("Asia/Tokyo", harness.Get<IPayloadFacts>().TimeZoneOf(tokyo));
    }

    [Fact]
    public async Task SendAsync_SeveralRecipients_GetADeliveryEachAndShareTheContent()
    {
        await using var harness = new SendingHarness();
        var text = new string('x', 100_000);

        var receipt = await harness.Hub.SendAsync(Some.Request() with { To = [Some.Recipient(), Some.Recipient(), Some.Recipient()], Content = new() { Text = text } });
        var records = new List<DeliveryRecord>();
        foreach (var delivery in receipt.Deliveries)
        {
            records.Add(await harness.RecordAsync(delivery.Id));
        }

        Assert.Equal(3, records.Select(r => r.Delivery.Address).Distinct().Count());
        Assert.All(records, r => Assert.Equal(receipt.MessageId, r.Message.Id));
        Assert.All(records, r => Assert.InRange(r.Delivery.Payload.Length, 0, 100));
        Assert.InRange(records[0].Message.Payload.Length, 100_000, 100_100);
        Assert.Equal(text, (await harness.BuildAsync(records[2])).Text.ToString());
    }

    [Fact]
    public async Task SendAsync_CcAndBcc_TravelWithTheDelivery()
    {
        await using var harness = new SendingHarness();

        var record = await harness.AcceptAsync(Some.Request() with { Cc = [Recipient.Email("cc@EXAMPLE.com", "Cc")], Bcc = [Recipient.Email("bcc@example.com")] });
        var message = await harness.BuildAsync(record);

        Assert.Equal(new OutboundRecipient(new Address("email", "cc@example.com"), "Cc"), Assert.Single(message.Cc));
        Assert.Equal(new OutboundRecipient(new Address("email", "bcc@example.com")), Assert.Single(message.Bcc));
    }

    [Fact]
    public async Task SendAsync_Scheduled_WaitsForItsMoment()
    {
        await using var harness = new SendingHarness();
        var at = harness.Time.Now.AddHours(3);

        var receipt = await harness.Hub.SendAsync(Some.Request() with { SendAt = at });
        var record = await harness.RecordAsync(receipt.Deliveries[0].Id);

        Assert.Equal(SendStatus.Scheduled, receipt.Status);
        Assert.Equal((WhyCodes.Scheduled, at), (receipt.Why?.Code, receipt.Why?.Until));
        Assert.Equal((WorkState.Waiting, at, DeliveryStatus.Scheduled), (record.State.Work, record.State.DueAt, record.State.Status));
        Assert.Equal(at.AddDays(4), record.Message.ExpiresAt);
    }

    [Fact]
    public async Task SendAsync_ExpiryOfTheRequest_WinsOverTheKinds()
    {
        await using var harness = new SendingHarness(m => m.Configure(o => o.Expiry["sms"] = TimeSpan.FromHours(2)));
        var at = harness.Time.Now.AddMinutes(10);

        Assert.Equal(at, (await harness.AcceptAsync(Some.Request() with { ExpiresAt = at })).Message.ExpiresAt);
        Assert.Equal(harness.Time.Now.AddHours(2), (await harness.AcceptAsync(Some.Request("sms"))).Message.ExpiresAt);
        Assert.Equal(harness.Time.Now.AddDays(1), (await harness.AcceptAsync(Some.Request("telegram"))).Message.ExpiresAt);
    }

    [Fact]
    public async Task SendAsync_SameKeySameRequest_IsADuplicate()
    {
        await using var harness = new SendingHarness();
        var request = Some.Request() with { IdempotencyKey = "booking-981", Metadata = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        var reordered = request with { Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };

        var first = await harness.Hub.SendAsync(request);
        var second = await harness.Hub.SendAsync(reordered);

        Assert.Equal((SendStatus.Duplicate, WhyCodes.Duplicate, first.MessageId), (second.Status, second.Why?.Code, second.MessageId));
        Assert.Empty(second.Deliveries);
        Assert.Equal(1, await harness.CountAsync());
    }

    [Fact]
    public async Task SendAsync_SameKeyOtherRequest_IsAConflict()
    {
        await using var harness = new SendingHarness();
        var request = Some.Request() with { IdempotencyKey = "booking-981" };

        var first = await harness.Hub.SendAsync(request);
        var second = await harness.Hub.SendAsync(request with { Content = new() { Text = "other" } });

        Assert.Equal((SendStatus.Conflict, WhyCodes.Conflict, first.MessageId), (second.Status, second.Why?.Code, second.MessageId));
        Assert.Equal(1, await harness.CountAsync());
    }

    [Fact]
    public async Task SendAsync_SameKeyOtherTenantOrAfterTheWindow_IsAccepted()
    {
        await using var harness = new SendingHarness(m => m.Configure(o => o.IdempotencyWindow = TimeSpan.FromHours(1)));
        var request = Some.Request() with { IdempotencyKey = "booking-981" };
        await harness.Hub.SendAsync(request);

        var other = await harness.Hub.ForTenant(new TenantId("other")).SendAsync(request);
        harness.Time.Advance(TimeSpan.FromHours(1));
        var later = await harness.Hub.SendAsync(request);

        Assert.Equal((SendStatus.Accepted, SendStatus.Accepted), (other.Status, later.Status));
    }

    [Fact]
    public async Task SendAsync_SameKeyFromManyAtOnce_AcceptsOne()
    {
        await using var harness = new SendingHarness();
        var request = Some.Request() with { IdempotencyKey = "booking-981" };

        var receipts = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => harness.Hub.SendAsync(request))));

        Assert.Single(receipts, r => r.Status == SendStatus.Accepted);
        Assert.Equal(31, receipts.Count(r => r.Status == SendStatus.Duplicate));
        Assert.Single(receipts.Select(r => r.MessageId).Distinct());
    }

    [Fact]
    public async Task SendAsync_Suppressed_IsStoredWithoutContentForTheRecord()
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", text: "Hello {Name}");
        await harness.SuppressAsync(Anna);

        var receipt = await harness.Hub.SendAsync(Greeting(Recipient.Email(Anna.Value)));
        var record = await harness.RecordAsync(receipt.Deliveries[0].Id);

        Assert.Equal((SendStatus.Suppressed, WhyCodes.Suppressed), (receipt.Status, receipt.Why?.Code));
        Assert.Equal((WorkState.Done, DeliveryStatus.Suppressed), (record.State.Work, record.State.Status));
        Assert.Null(harness.Get<IPayloadFacts>().ContentOf(record));
        Assert.Equal("Hello Anna", (await harness.BuildAsync(record)).Text.ToString());
    }

    [Fact]
    public async Task SendAsync_SomeSuppressed_SaysTheBestAndEachRecipientsOwn()
    {
        await using var harness = new SendingHarness();
        await harness.SuppressAsync(Anna);

        var receipt = await harness.Hub.SendAsync(Some.Request() with { To = [Recipient.Email(Anna.Value), Some.Recipient()] });

        Assert.Equal(SendStatus.Accepted, receipt.Status);
        Assert.Equal([SendStatus.Suppressed, SendStatus.Accepted], receipt.Deliveries.Select(d => d.Status));
    }

    [Fact]
    public async Task SendAsync_Deferred_WaitsUntilTheGateSays()
    {
        var until = Some.Instant.AddHours(8);
        await using var harness = new SendingHarness(m => m.Services.AddSingleton<ISendGate>(new ScriptedGate(c => c.Defer(new Why("night", "It is night.", until)))));

        var receipt = await harness.Hub.SendAsync(Some.Request() with { SendAt = Some.Instant.AddHours(2) });
        var record = await harness.RecordAsync(receipt.Deliveries[0].Id);

        Assert.Equal((SendStatus.Scheduled, "night"), (receipt.Status, receipt.Why?.Code));
        Assert.Equal((WorkState.Waiting, until, "night"), (record.State.Work, record.State.DueAt, record.State.Why?.Code));
    }

    [Fact]
    public async Task SendAsync_Held_IsParkedUnderTheGatesKey()
    {
        await using var harness = new SendingHarness(m => m.Services.AddSingleton<ISendGate>(new ScriptedGate(c => c.Defer(new Why("held", "It is held."), "key-1"))));

        var receipt = await harness.Hub.SendAsync(Some.Request());
        var released = await harness.Get<IMessageStore>().CommitAsync([new Change { Releases = [new Release("key-1")] }], CancellationToken.None);

        Assert.Equal((SendStatus.Scheduled, "held"), (receipt.Status, receipt.Why?.Code));
        Assert.Equal(1, released[0].Released);
    }

    [Fact]
    public async Task SendAsync_Gates_DecideForTheMomentOfSending()
    {
        var gate = new ScriptedGate(_ => { });
        await using var harness = new SendingHarness(m => m.Services.AddSingleton<ISendGate>(gate));
        var at = harness.Time.Now.AddHours(5);

        await harness.Hub.SendAsync(Some.Request() with { SendAt = at });

        Assert.Equal(at, gate.LastBatch!.Now);
        Assert.False(gate.LastBatch.DryRun);
        Assert.NotEqual(default, gate.LastBatch.Candidates[0].DeliveryId);
    }

    [Fact]
    public async Task SendAsync_OtherTenant_SeesNeitherContactNorMessage()
    {
        await using var harness = new SendingHarness(m => m.UseDirectory<FakeDirectory>());
        FakeDirectory.Of(harness).Add(new Contact { Id = Some.ContactId(), Tenant = new TenantId("a"), ExternalId = "anna", Addresses = [Anna] }, answersEverybody: true);
        var request = Some.Request() with { To = Recipient.Contact("anna") };

        var receipt = await harness.Hub.ForTenant(new TenantId("a")).SendAsync(request);
        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.ForTenant(new TenantId("b")).SendAsync(request));

        Assert.Equal("unknown_contact", Assert.Single(refusal.Problems).Code);
        Assert.Null(await harness.Reader.GetMessageAsync(new TenantId("b"), receipt.MessageId, CancellationToken.None));
        Assert.NotNull(await harness.Reader.GetMessageAsync(new TenantId("a"), receipt.MessageId, CancellationToken.None));
    }

    [Fact]
    public async Task SendAsync_Contacts_AreFoundInOneBatchAndReachedOnTheirKind()
    {
        await using var harness = new SendingHarness(m => m.UseDirectory<FakeDirectory>());
        var directory = FakeDirectory.Of(harness);
        var id = Some.ContactId();
        directory.Add(new Contact { Id = id, Tenant = TenantId.Default, ExternalId = "anna", Name = "Anna", Addresses = [Anna, new(ChannelKinds.Sms, "+48123456789")] });
        directory.Add(new Contact { Id = Some.ContactId(), Tenant = TenantId.Default, ExternalId = "jan", Name = "Jan", Addresses = [new(ChannelKinds.Sms, "+48 123 456 780")] });

        var receipt = await harness.Hub.SendAsync(Some.Request() with { To = [Recipient.Contact("anna"), Recipient.User("jan"), Recipient.Phone("+48123456781")], Channel = "sms", Content = new() { Text = "Hi" } });
        var anna = await harness.RecordAsync(receipt.Deliveries[0].Id);
        var jan = await harness.RecordAsync(receipt.Deliveries[1].Id);

        Assert.Equal(1, directory.Asked);
        Assert.Equal((id, "+48123456789"), (anna.Delivery.ContactId, anna.Delivery.Address.Value));
        Assert.Equal("+48123456780", jan.Delivery.Address.Value);
        Assert.Equal("Jan", (await harness.BuildAsync(jan)).To.Name);
    }

    [Fact]
    public async Task SendAsync_ContactWithoutChannel_GoesToTheFirstAddressThatSomethingCarries()
    {
        await using var harness = new SendingHarness(m => m.UseDirectory<FakeDirectory>());
        FakeDirectory.Of(harness).Add(new Contact { Id = Some.ContactId(), Tenant = TenantId.Default, ExternalId = "anna", Addresses = [new("pigeon", "coop"), new(ChannelKinds.Telegram, "123"), Anna] });

        var record = await harness.AcceptAsync(Some.Request() with { To = Recipient.Contact("anna") });

        Assert.Equal((ChannelKinds.Telegram, "telegram"), (record.Delivery.Address.Kind, record.Delivery.Channel));
    }

    [Fact]
    public async Task SendAsync_DirectoryThatMiscounts_IsNamed()
    {
        await using var harness = new SendingHarness(m => m.UseDirectory<FakeDirectory>());
        FakeDirectory.Of(harness).Miscounts = true;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => harness.Hub.SendAsync(Some.Request() with { To = Recipient.Contact("anna") }));

        Assert.Contains(nameof(FakeDirectory), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_CallersTrace_TravelsWithTheMessage()
    {
        await using var harness = new SendingHarness();
        using var activity = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        var record = await harness.AcceptAsync(Some.Request());

        Assert.Equal(activity.Id, harness.Get<IPayloadFacts>().TraceParentOf(record.Message));
    }

    [Fact]
    public async Task SendAsync_NobodyTraces_KeepsNoTrace()
    {
        await using var harness = new SendingHarness();

        Assert.Null(harness.Get<IPayloadFacts>().TraceParentOf((await harness.AcceptAsync(Some.Request())).Message));
    }

    [Fact]
    public async Task SendAsync_AlreadyCancelled_StoresNothing()
    {
        await using var harness = new SendingHarness();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.Hub.SendAsync(Some.Request(), new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.Hub.SendNowAsync(Some.Request(), new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.Hub.ExplainAsync(Some.Request(), new CancellationToken(true)));

        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task SendAsync_Sensitive_IsMarkedAndMasked()
    {
        await using var harness = new SendingHarness();

        var record = await harness.AcceptAsync(Some.Request() with { Sensitive = true });

        Assert.True(record.Message.Sensitive);
        Assert.Null(harness.Get<IPayloadFacts>().ContentOf(record));
        Assert.Null(harness.Get<IPayloadFacts>().ContentOf(record.Message));
        Assert.False((await harness.BuildAsync(record)).Text.IsEmpty);
    }

    [Fact]
    public async Task SendAsync_ManyAtOnce_MixNothingUp()
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", text: "Hello {Name}");

        var sends = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            var name = new string((char)('a' + (i % 26)), i * 20);
            var record = await harness.AcceptAsync(Greeting(Some.Recipient(), name));
            return (Expected: $"Hello {name}", Actual: (await harness.BuildAsync(record)).Text.ToString());
        })));

        Assert.All(sends, s => Assert.Equal(s.Expected, s.Actual));
    }

    private static SendRequest Greeting(Recipient to, string name = "Anna") => new()
    {
        To = to,
        Template = new("greeting") { Data = TemplateData.From([KeyValuePair.Create("Name", (object?)name)]) },
    };
}
