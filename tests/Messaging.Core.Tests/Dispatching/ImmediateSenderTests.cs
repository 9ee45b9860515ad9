using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Dispatching;

public sealed class ImmediateSenderTests
{
    [Fact]
    public async Task SendNowAsync_Accepted_IsSentAndInHistory()
    {
        await using var bench = Bench();

        var receipt = await SendAsync(bench);

        Assert.Equal(SendStatus.Sent, receipt.Status);
        var state = await bench.StateAsync(receipt.Deliveries[0].Id);
        Assert.Equal((DeliveryStatus.Sent, 1, "email"), (state.Status, state.TotalAttempts, state.Account));
        Assert.Single(await bench.TimelineAsync(receipt.Deliveries[0].Id), e => e.Type == TimelineType.Attempt);
    }

    [Fact]
    public async Task SendNowAsync_ReceiptByTheProvidersId_IsFound()
    {
        await using var bench = Bench();
        var id = (await SendAsync(bench)).Deliveries[0].Id;
        var providerId = (await bench.StateAsync(id)).ProviderId;

        await bench.ReportAsync(id, MessageEventType.Delivered, edit: e => e with { DeliveryId = null, ProviderId = providerId });

        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(id));
    }

    public static TheoryData<SendResult, SendStatus, DeliveryStatus> Answers => new()
    {
        { new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "554", "no"), SendStatus.Failed, DeliveryStatus.Failed },
        { new SendResult.Throttled(TimeSpan.FromMinutes(1), FailureScope.Message, "450", "later"), SendStatus.Failed, DeliveryStatus.Failed },
        { new SendResult.NotSent("down"), SendStatus.Failed, DeliveryStatus.Failed },
        { new SendResult.Unconfirmed("reset"), SendStatus.Unconfirmed, DeliveryStatus.Unconfirmed },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task SendNowAsync_NotAccepted_SaysSoAndTriesNoMore(SendResult answer, SendStatus told, DeliveryStatus status)
    {
        await using var bench = Bench();
        bench.Test.FailNext(answer);

        var receipt = await SendAsync(bench);
        await bench.Test.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal(told, receipt.Status);
        Assert.NotNull(receipt.Why);
        Assert.Equal(status, await bench.StatusAsync(receipt.Deliveries[0].Id));
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task SendNowAsync_OverTheLimit_IsNotSentAndSaysUntilWhen()
    {
        await using var bench = Bench(m => m.ConfigureAccount("email", a => a.Limits = new AccountLimits { Account = new RateLimit(1, TimeSpan.FromMinutes(1), 1) }));
        await SendAsync(bench);

        var receipt = await SendAsync(bench);

        Assert.Equal((SendStatus.Failed, WhyCodes.RateLimited), (receipt.Status, receipt.Why!.Code));
        Assert.Equal(bench.Now + TimeSpan.FromMinutes(1), receipt.Why.Until);
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task SendNowAsync_BreakerOpen_IsNotSent()
    {
        await using var bench = Bench();
        bench.Test.FailNext(new SendResult.Rejected(RejectionReason.Authentication, FailureScope.Account, "535", "no"));
        await SendAsync(bench);

        var receipt = await SendAsync(bench);

        Assert.Equal((SendStatus.Failed, WhyCodes.BreakerOpen), (receipt.Status, receipt.Why!.Code));
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task SendNowAsync_ChannelThrows_IsUnconfirmed()
    {
        await using var bench = Bench();
        bench.Test.When().Throws(new IOException("broken"));

        Assert.Equal(SendStatus.Unconfirmed, (await SendAsync(bench)).Status);
    }

    private static Task<SendReceipt> SendAsync(Bench bench) => bench.Hub.SendNowAsync(new SendRequest { To = Some.Recipient(), Content = Some.Content() });

    private static Bench Bench(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("email");
        configure?.Invoke(m);
    });
}
