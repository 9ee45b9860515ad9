using Messaging.Channels;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.EndToEnd;

public sealed class FailureTests
{
    private static readonly SendResult Busy = new SendResult.Throttled(null, FailureScope.Message, "421", "busy");
    private static readonly SendResult Refused = new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "554", "refused");

    [Fact]
    public async Task SendAsync_ProviderBusyTwice_IsTriedAgainAndArrives()
    {
        await using var host = new TestHost();
        host.Messaging.FailNext(Busy);
        host.Messaging.FailNext(Busy);

        var receipt = await host.SendAsync();
        Assert.Equal((DeliveryStatus.Queued, WhyCodes.Throttled), await StatusAsync(host, receipt));
        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(3, host.Messaging.Attempts.Count);
        Assert.Equal(DeliveryStatus.Sent, await host.StatusAsync(receipt));
    }

    [Fact]
    public async Task SendAsync_ProviderNamesAWait_IsNotTriedBefore()
    {
        await using var host = new TestHost();
        host.Messaging.FailNext(new SendResult.Throttled(TimeSpan.FromMinutes(10), FailureScope.Message, "421", "busy"));

        await host.SendAsync();
        await host.Messaging.AdvanceAsync(TimeSpan.FromMinutes(9));
        Assert.Empty(host.Messaging.Sent);
        await host.Messaging.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.InRange(host.Messaging.Single<EmailMessage>().SentAt, ManualTimeProvider.DefaultStart.AddMinutes(10), ManualTimeProvider.DefaultStart.AddMinutes(11));
    }

    [Fact]
    public async Task SendAsync_ProviderRefuses_FailsWithItsWords()
    {
        await using var host = new TestHost();
        host.Messaging.FailNext(Refused);

        var receipt = await host.SendAsync();

        Assert.Equal((DeliveryStatus.Failed, WhyCodes.Rejected), await StatusAsync(host, receipt));
        var attempt = Assert.Single((await host.ReadAsync(receipt)).Timeline, entry => entry.Type == TimelineType.Attempt);
        Assert.Equal(("554", "refused", "email"), (attempt.ProviderCode, attempt.ProviderText, attempt.Account));
    }

    [Fact]
    public async Task RedriveAsync_DeadLetters_AreSentOnceMore()
    {
        await using var host = new TestHost();
        host.Messaging.When(kind: ChannelKinds.Sms).Returns(Busy);
        var receipt = await host.SendAsync(Some.Request(ChannelKinds.Sms));
        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(23));

        var dead = Assert.Single((await host.Operations.DeadLettersAsync(new() { Tenant = TenantId.Default })).Items);
        Assert.Equal((receipt.Deliveries[0].Id, DeliveryStatus.Failed, WhyCodes.AttemptsExhausted), (dead.Id, dead.Status, dead.Why?.Code));

        host.Messaging.Reset();
        Assert.Equal(1, await host.Operations.RedriveAsync(new() { Tenant = TenantId.Default }));
        await host.Messaging.DrainAsync();

        host.Messaging.Single<SmsMessage>();
        Assert.Equal(DeliveryStatus.Sent, await host.StatusAsync(receipt));
        Assert.Empty((await host.Operations.DeadLettersAsync(new() { Tenant = TenantId.Default })).Items);
        Assert.Contains((await host.ReadAsync(receipt)).Timeline, entry => entry.Type == TimelineType.Redriven);
    }

    [Fact]
    public async Task SendAsync_ChannelThrows_MailIsSentAgainUnderItsIdentity()
    {
        await using var host = new TestHost();
        host.Messaging.When().Throws(new TimeoutException()).Times(1);

        var receipt = await host.SendAsync();
        Assert.Equal(DeliveryStatus.Unconfirmed, await host.StatusAsync(receipt));
        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, host.Messaging.Attempts.Count);
        Assert.Single(host.Messaging.Attempts.Select(attempt => attempt.DeliveryId).Distinct());
        Assert.Equal(DeliveryStatus.Sent, await host.StatusAsync(receipt));
    }

    [Fact]
    public async Task SendAsync_ChannelThrowsOnSms_WaitsForAReceiptOrSomebody()
    {
        await using var host = new TestHost();
        host.Messaging.When().Throws(new TimeoutException()).Times(1);

        var receipt = await host.SendAsync(Some.Request(ChannelKinds.Sms));
        await host.Messaging.AdvanceAsync(TimeSpan.FromHours(20));

        Assert.Single(host.Messaging.Attempts);
        Assert.Equal(DeliveryStatus.Unconfirmed, await host.StatusAsync(receipt));
    }

    [Fact]
    public async Task SendAsync_FirstAccountOfAGroupFails_TheSecondCarries()
    {
        await using var host = new TestHost(m => m
            .AddTestChannel("mail-a", ChannelKinds.Email).AddTestChannel("mail-b", ChannelKinds.Email)
            .AddAccountGroup("mail", group => group.Failover("mail-a", "mail-b")));
        host.Messaging.When(account: "mail-a").Returns(new SendResult.NotSent("connection refused"));

        await host.SendAsync(Some.Request() with { Channel = "mail" });

        Assert.Equal(["mail-a", "mail-b"], host.Messaging.Attempts.Select(attempt => attempt.Account));
        Assert.Equal("mail-b", host.Messaging.Single<EmailMessage>().Account);
    }

    [Fact]
    public async Task SendAsync_MoreThanTheAccountsLimit_GoesAsTheLimitAllows()
    {
        await using var host = new TestHost(m => m.ConfigureAccount("email", account =>
            account.Limits = new AccountLimits { Account = new RateLimit(1, TimeSpan.FromMinutes(1), Burst: 1) }));
        for (var i = 0; i < 5; i++)
        {
            await host.Hub.SendAsync(Some.Request());
        }

        await host.Messaging.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(5, host.Messaging.Attempts.Count);
        Assert.All(
            host.Messaging.Sent.Zip(host.Messaging.Sent.Skip(1)),
            pair => Assert.True(pair.Second.SentAt - pair.First.SentAt >= TimeSpan.FromMinutes(1)));
    }

    private static async Task<(DeliveryStatus, string?)> StatusAsync(TestHost host, SendReceipt receipt)
    {
        var summary = (await host.ReadAsync(receipt)).Summary;
        return (summary.Status, summary.Why?.Code);
    }
}
