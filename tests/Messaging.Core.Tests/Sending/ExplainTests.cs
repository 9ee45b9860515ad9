using Messaging.Gates;
using Messaging.Templates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class ExplainTests
{
    [Fact]
    public async Task ExplainAsync_GoodRequest_WouldSendNowAndStoresNothing()
    {
        await using var harness = new SendingHarness();
        harness.Templates.Add("greeting", locale: "pl", text: "Cześć {Name}");

        var decision = await harness.Hub.ExplainAsync(new SendRequest
        {
            To = Some.Recipient() with { Locale = "pl-PL" },
            Template = new("greeting") { Data = TemplateData.From([KeyValuePair.Create("Name", (object?)"Anna")]) },
        });
        var recipient = Assert.Single(decision.Recipients);

        Assert.True(decision.WouldSendNow);
        Assert.Equal((GateOutcome.Pass, "email", "email", "pl-PL", 1), (recipient.Outcome, recipient.Kind, recipient.Account, recipient.Locale, recipient.TemplateVersion));
        Assert.Contains(recipient.Verdicts, v => v is { Gate: "suppression", Outcome: GateOutcome.Pass });
        await harness.AssertNothingStoredAsync();
    }

    [Fact]
    public async Task ExplainAsync_SeveralGatesAgainstIt_TheFirstDecidesAndAllAreShown()
    {
        await using var harness = new SendingHarness(m =>
        {
            m.Services.AddSingleton<ISendGate>(new ScriptedGate(c => c.Defer(new Why("late", "It is late.", Some.Instant.AddHours(1))), "b", 20));
            m.Services.AddSingleton<ISendGate>(new ScriptedGate(c => c.Suppress(new Why("never", "Never.")), "a", 10));
        });

        var recipient = Assert.Single((await harness.Hub.ExplainAsync(Some.Request())).Recipients);

        Assert.Equal((GateOutcome.Suppress, "never"), (recipient.Outcome, recipient.Why?.Code));
        Assert.Equal([("a", GateOutcome.Suppress), ("b", GateOutcome.Defer)], recipient.Verdicts.Take(2).Select(v => (v.Gate, v.Outcome)));
    }

    [Fact]
    public async Task ExplainAsync_Gates_AreAskedWithoutCounting()
    {
        var gate = new ScriptedGate(_ => { });
        await using var harness = new SendingHarness(m => m.Services.AddSingleton<ISendGate>(gate));

        await harness.Hub.ExplainAsync(Some.Request());

        Assert.True(gate.LastBatch!.DryRun);
        Assert.Equal(default, gate.LastBatch.Candidates[0].DeliveryId);
    }

    [Fact]
    public async Task ExplainAsync_Scheduled_IsNotNow()
    {
        await using var harness = new SendingHarness();

        var decision = await harness.Hub.ExplainAsync(Some.Request() with { SendAt = Some.Instant.AddHours(1) });

        Assert.False(decision.WouldSendNow);
        Assert.Equal((GateOutcome.Defer, WhyCodes.Scheduled), (decision.Recipients[0].Outcome, decision.Recipients[0].Why?.Code));
    }

    [Fact]
    public async Task ExplainAsync_FallbackWithFirstStepSuppressed_SpeaksOfTheStepThatWouldGo()
    {
        await using var harness = new SendingHarness(m => m.UseDirectory<FakeDirectory>().AddRoute("urgent", r => r.Try("sms").Then("email")));
        var number = new Address(ChannelKinds.Sms, "+48123456789");
        FakeDirectory.Of(harness).Add(new() { Id = Some.ContactId(), Tenant = TenantId.Default, ExternalId = "anna", Addresses = [number, new(ChannelKinds.Email, "anna@example.com")] });
        await harness.SuppressAsync(number);

        var recipient = Assert.Single((await harness.Hub.ExplainAsync(Some.Request() with { To = Recipient.Contact("anna"), Route = "urgent" })).Recipients);

        Assert.Equal((GateOutcome.Pass, "email"), (recipient.Outcome, recipient.Kind));
    }
}
