using Messaging.Contacts;
using Messaging.Routing;
using Messaging.Storage;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class RouteTests
{
    private static readonly Contact Anna = new()
    {
        Id = Some.ContactId(),
        Tenant = TenantId.Default,
        ExternalId = "anna",
        Name = "Anna",
        Addresses = [new(ChannelKinds.Telegram, "123"), new(ChannelKinds.Sms, "+48123456789"), new(ChannelKinds.Email, "anna@example.com")],
    };

    private static SendRequest Urgent => new()
    {
        To = Recipient.Contact("anna"),
        Route = "urgent",
        Template = new("code") { Data = TemplateData.From([KeyValuePair.Create("Code", (object?)"1234")]) },
    };

    [Fact]
    public async Task SendAsync_Fallback_StoresTheFirstStepAndAPlanForTheRest()
    {
        await using var harness = Harness();

        var receipt = await harness.Hub.SendAsync(Urgent);
        var record = await harness.RecordAsync(Assert.Single(receipt.Deliveries).Id);
        var plan = await PlanAsync(harness, record);

        Assert.Equal((ChannelKinds.Telegram, 0), (record.Delivery.Address.Kind, record.Delivery.PlanStep));
        Assert.Equal(1, await harness.CountAsync());
        Assert.Equal(["telegram", "sms", "email"], plan.Steps.Select(s => s.Channel));
        Assert.Equal(["123", "+48123456789", "anna@example.com"], plan.Steps.Select(s => s.Address.Value));
        Assert.Equal([MessageEventType.Read, MessageEventType.Delivered, MessageEventType.Sent], plan.Steps.Select(s => s.Proof));
        Assert.Equal("t 1234", (await harness.BuildAsync(record)).Text.ToString());
    }

    [Fact]
    public async Task SendAsync_Fallback_LaterStepRendersWithThePinnedVersionWhenItsTurnComes()
    {
        await using var harness = Harness();
        var record = await harness.AcceptAsync(Urgent);
        var plan = await PlanAsync(harness, record);
        harness.Templates.Add("code", ChannelKinds.Sms, text: "changed");

        var later = await StartAsync(harness, record, plan.Steps[1]);
        var build = await harness.TryBuildAsync(later);

        Assert.Equal("s 1234", build.Message?.Text.ToString());
        Assert.Equal("Anna", build.Message?.To.Name);
        Assert.NotNull(build.Rendered);
    }

    [Fact]
    public async Task SendAsync_FallbackWithRawContent_LaterStepsShareIt()
    {
        await using var harness = Harness();
        var record = await harness.AcceptAsync(Urgent with { Template = null, Content = new() { Subject = "Code", Html = "<p>It is <b>1234</b></p>" } });
        var plan = await PlanAsync(harness, record);

        var sms = await harness.BuildAsync(await StartAsync(harness, record, plan.Steps[1]));
        var email = await harness.BuildAsync(await StartAsync(harness, record, plan.Steps[2]));

        Assert.Equal("Code\n\nIt is 1234", sms.Text.ToString());
        Assert.Equal(("Code", "<p>It is <b>1234</b></p>"), (email.Subject.ToString(), email.Html.ToString()));
    }

    [Fact]
    public async Task SendAsync_StepWithoutAddress_IsLeftOut()
    {
        await using var harness = Harness();
        FakeDirectory.Of(harness).Add(Anna with { Id = Some.ContactId(), ExternalId = "jan", Addresses = [.. Anna.Addresses.Skip(1)] });

        var record = await harness.AcceptAsync(Urgent with { To = Recipient.Contact("jan") });

        Assert.Equal(("sms", 1), (record.Delivery.Channel, record.Delivery.PlanStep));
        Assert.Equal(["sms", "email"], (await PlanAsync(harness, record)).Steps.Select(s => s.Channel));
    }

    [Fact]
    public async Task SendAsync_OneStepLeft_NeedsNoPlan()
    {
        await using var harness = Harness();

        var record = await harness.AcceptAsync(Urgent with { To = Recipient.Email("jan@example.com") });

        Assert.Equal("email", record.Delivery.Channel);
        Assert.Null(record.Delivery.PlanId);
    }

    [Fact]
    public async Task SendAsync_TelephoneNumber_ServesEveryKindThatCallsNumbers()
    {
        await using var harness = Harness();

        var record = await harness.AcceptAsync(Urgent with { To = Recipient.To(new Address(ChannelKinds.WhatsApp, "+48123456789")) });

        Assert.Equal(new Address(ChannelKinds.Sms, "+48123456789"), record.Delivery.Address);
    }

    [Fact]
    public async Task SendAsync_FirstStepSuppressed_TheNextOneGoesInItsPlace()
    {
        await using var harness = Harness();
        await harness.SuppressAsync(Anna.Addresses[0]);

        var receipt = await harness.Hub.SendAsync(Urgent);
        var record = await harness.RecordAsync(Assert.Single(receipt.Deliveries).Id);

        Assert.Equal(SendStatus.Accepted, receipt.Status);
        Assert.Equal("sms", record.Delivery.Channel);
        Assert.Equal(["sms", "email"], (await PlanAsync(harness, record)).Steps.Select(s => s.Channel));
        Assert.Equal(2, await harness.CountAsync());
        Assert.Equal("s 1234", (await harness.BuildAsync(record)).Text.ToString());
    }

    [Fact]
    public async Task SendAsync_EveryStepSuppressed_IsSuppressed()
    {
        await using var harness = Harness();
        foreach (var address in Anna.Addresses)
        {
            await harness.SuppressAsync(address);
        }

        var receipt = await harness.Hub.SendAsync(Urgent);

        Assert.Equal((SendStatus.Suppressed, WhyCodes.Suppressed), (receipt.Status, receipt.Why?.Code));
        Assert.Equal(3, await harness.CountAsync());
    }

    [Fact]
    public async Task SendAsync_Broadcast_StartsEveryStepAtOnceRendered()
    {
        await using var harness = Harness();
        await harness.SuppressAsync(Anna.Addresses[0]);

        var receipt = await harness.Hub.SendAsync(Urgent with { Route = "everywhere" });
        var page = await harness.Reader.QueryAsync(new DeliveryQuery { Tenant = TenantId.Default }, CancellationToken.None);

        Assert.Equal(SendStatus.Accepted, receipt.Status);
        Assert.Equal(["email", "sms", "telegram"], page.Items.Select(d => d.Kind).Order());
        Assert.Single(page.Items, d => d.Status == DeliveryStatus.Suppressed);
        foreach (var summary in page.Items.Where(d => d.Status == DeliveryStatus.Queued))
        {
            var build = await harness.TryBuildAsync(await harness.RecordAsync(summary.Id));
            Assert.EndsWith("1234", build.Message?.Text.ToString(), StringComparison.Ordinal);
            Assert.Null(build.Rendered);
        }
    }

    [Fact]
    public async Task SendAsync_LaterStepWithoutTemplate_IsRefusedNow()
    {
        await using var harness = Harness();
        harness.Templates.Add("partial", ChannelKinds.Telegram, text: "x");
        harness.Templates.Add("partial", ChannelKinds.Email, text: "{Missing}");

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendAsync(Urgent with { Template = new("partial") }));

        Assert.Equal([("Template.Code", "unknown_template"), ("Template.Data.Missing", "missing_variable")], refusal.Problems.Select(p => (p.Field, p.Code)));
        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task SendAsync_NoStepHasAnAddress_NamesTheKinds()
    {
        await using var harness = Harness();

        var refusal = await Assert.ThrowsAsync<InvalidSendRequestException>(() => harness.Hub.SendAsync(Urgent with { To = Recipient.To(new Address("push", "token")) }));

        Assert.Equal(("To[0]", "no_address"), (refusal.Problems[0].Field, refusal.Problems[0].Code));
        Assert.Contains("telegram or sms or email", refusal.Problems[0].Text, StringComparison.Ordinal);
    }

    private static SendingHarness Harness()
    {
        var harness = new SendingHarness(m => m
            .UseDirectory<FakeDirectory>()
            .AddRoute("urgent", r => r.Try("telegram", TimeSpan.FromMinutes(5)).Then("sms").Then("email"))
            .AddBroadcast("everywhere", "telegram", "sms", "email"));
        FakeDirectory.Of(harness).Add(Anna);
        harness.Templates.Add("code", ChannelKinds.Telegram, text: "t {Code}");
        harness.Templates.Add("code", ChannelKinds.Sms, text: "s {Code}");
        harness.Templates.Add("code", ChannelKinds.Email, text: "e {Code}");
        return harness;
    }

    private static async Task<DeliveryPlan> PlanAsync(SendingHarness harness, DeliveryRecord record)
    {
        Assert.NotNull(record.Delivery.PlanId);
        var plan = await harness.Get<IEntityStore>().GetAsync<DeliveryPlan>(TenantId.Default, DeliveryPlan.KeyOf(record.Delivery.PlanId.Value), CancellationToken.None);
        Assert.NotNull(plan);
        return plan.Value;
    }

    /// <summary>Starts a later step as its plan would.</summary>
    private static async Task<DeliveryRecord> StartAsync(SendingHarness harness, DeliveryRecord first, PlanStep step)
    {
        var delivery = first.Delivery with { Id = Some.DeliveryId(), Address = step.Address, Channel = step.Channel, PlanStep = step.Step, Payload = step.Payload };
        await harness.Get<IMessageStore>().CommitAsync([new Change { Accept = new Acceptance { Deliveries = [delivery] } }], CancellationToken.None);
        return await harness.RecordAsync(delivery.Id);
    }
}
