using Messaging.Gates;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

public sealed class StagingTests
{
    [Fact]
    public async Task RedirectAll_Mail_GoesToTheDevelopersAndShowsWhoItWasFor()
    {
        await using var harness = new SendingHarness(m => m.RedirectAll("dev@example.com"));

        var record = await harness.AcceptAsync(Some.Request() with { To = Recipient.Email("anna@example.com", "Anna"), Cc = [Some.Recipient()], Bcc = [Some.Recipient()] });
        var message = await harness.BuildAsync(record);

        Assert.Equal("anna@example.com", record.Delivery.Address.Value);
        Assert.Equal(("dev@example.com", "Anna (anna@example.com)"), (message.To.Address.Value, message.To.Name));
        Assert.Empty(message.Cc);
        Assert.Empty(message.Bcc);
    }

    [Fact]
    public async Task RedirectAll_OtherKind_GoesNowhereAndSaysWhy()
    {
        await using var harness = new SendingHarness(m => m.RedirectAll("dev@example.com"));

        var receipt = await harness.Hub.SendAsync(Some.Request("sms"));
        var explained = await harness.Hub.ExplainAsync(Some.Request("sms"));

        Assert.Equal((SendStatus.Suppressed, WhyCodes.NotAllowed), (receipt.Status, receipt.Why?.Code));
        Assert.Contains(explained.Recipients[0].Verdicts, v => v is { Gate: "staging", Outcome: GateOutcome.Suppress });
    }

    [Fact]
    public async Task RedirectAll_SwitchedOnLater_HoldsWhatWasAcceptedBefore()
    {
        var redirect = false;
        await using var harness = new SendingHarness(m => m.Configure(o =>
        {
            if (redirect)
            {
                o.Redirect["email"] = "dev@example.com";
            }
        }));
        var mail = await harness.AcceptAsync(Some.Request());
        var sms = await harness.AcceptAsync(Some.Request("sms"));

        redirect = true;
        harness.Get<Microsoft.Extensions.Options.IOptionsMonitorCache<MessagingOptions>>().Clear();

        Assert.Equal("dev@example.com", (await harness.BuildAsync(mail)).To.Address.Value);
        Assert.Equal(WhyCodes.NotAllowed, (await harness.TryBuildAsync(sms)).Failure?.Code);
    }

    [Fact]
    public async Task AllowRecipients_Others_AreSuppressed()
    {
        await using var harness = new SendingHarness(m => m.AllowRecipients("@example.org", "+48*"));

        var stopped = await harness.Hub.SendAsync(Some.Request() with { To = Recipient.Email("anna@example.com") });
        var passed = await harness.Hub.SendAsync(Some.Request() with { To = Recipient.Email("anna@example.org"), Cc = [Recipient.Email("cc@example.com"), Recipient.Email("cc@example.org")] });

        Assert.Equal((SendStatus.Suppressed, WhyCodes.NotAllowed), (stopped.Status, stopped.Why?.Code));
        Assert.Equal(SendStatus.Accepted, passed.Status);
        Assert.Equal("cc@example.org", Assert.Single((await harness.BuildAsync(await harness.RecordAsync(passed.Deliveries[0].Id))).Cc).Address.Value);
        Assert.Equal(SendStatus.Accepted, (await harness.Hub.SendAsync(Some.Request("sms"))).Status);
    }

    [Fact]
    public async Task AllowRecipients_WithRedirect_LetsThoseThroughAndRedirectsTheRest()
    {
        await using var harness = new SendingHarness(m => m.AllowRecipients("anna@example.com").RedirectAll("dev@example.com"));

        var allowed = await harness.BuildAsync(await harness.AcceptAsync(Some.Request() with { To = Recipient.Email("anna@example.com") }));
        var other = await harness.BuildAsync(await harness.AcceptAsync(Some.Request() with { To = Recipient.Email("jan@example.com") }));

        Assert.Equal(("anna@example.com", null), (allowed.To.Address.Value, allowed.To.Name));
        Assert.Equal(("dev@example.com", "jan@example.com"), (other.To.Address.Value, other.To.Name));
    }
}
