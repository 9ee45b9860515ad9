using Messaging.Testing;

namespace Messaging.Core.EndToEnd;

public sealed class ScheduleTests
{
    [Fact]
    public async Task SendAsync_ForLater_GoesAtItsTime()
    {
        await using var host = new TestHost();
        var at = host.Now.AddHours(5);
        var receipt = await host.SendAsync(Some.Request() with { SendAt = at });
        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(4));

        Assert.Equal((SendStatus.Scheduled, WhyCodes.Scheduled, at), (receipt.Status, receipt.Why?.Code, receipt.Why?.Until));
        Assert.Empty(host.Messaging.Sent);
        Assert.Equal(DeliveryStatus.Scheduled, await host.StatusAsync(receipt));

        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(at, host.Messaging.Single<EmailMessage>().SentAt);
    }

    [Fact]
    public async Task CancelAsync_Scheduled_NeverGoes()
    {
        await using var host = new TestHost();
        var receipt = await host.SendAsync(Some.Request() with { SendAt = host.Now.AddHours(5), Reference = "booking:981" });

        Assert.Equal(1, await host.Operations.CancelAsync(TenantId.Default, "booking:981"));
        await host.Messaging.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Empty(host.Messaging.Attempts);
        Assert.Equal((DeliveryStatus.Canceled, WhyCodes.Canceled), await StatusAsync(host, receipt));
    }

    [Fact]
    public async Task SendAsync_ExpiresWhileItWaits_IsNotSent()
    {
        await using var host = new TestHost();
        var scope = new PauseScope(TenantId.Default);
        await host.Operations.PauseAsync(scope, "migration");
        var receipt = await host.SendAsync(Some.Request() with { ExpiresAt = host.Now.AddHours(1) });
        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(2));

        await host.Operations.ResumeAsync(scope);
        await host.Messaging.DrainAsync();

        Assert.Empty(host.Messaging.Attempts);
        Assert.Equal((DeliveryStatus.Expired, WhyCodes.Expired), await StatusAsync(host, receipt));
    }

    [Fact]
    public async Task RetryAsync_Scheduled_GoesNow()
    {
        await using var host = new TestHost();
        var receipt = await host.SendAsync(Some.Request() with { SendAt = host.Now.AddDays(5) });

        Assert.True(await host.Operations.RetryAsync(TenantId.Default, receipt.Deliveries[0].Id));
        await host.Messaging.DrainAsync();

        host.Messaging.Single<EmailMessage>();
    }

    private async Task<(DeliveryStatus, string?)> StatusAsync(TestHost host, SendReceipt receipt)
    {
        var summary = (await host.ReadAsync(receipt)).Summary;
        return (summary.Status, summary.Why?.Code);
    }
}
