using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Receiving;

public sealed class InboundSinkTests
{
    [Fact]
    public async Task ReportAsync_ByDelivery_ChangesItsStatus()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench);

        await bench.ReportAsync(id, MessageEventType.Delivered);

        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task ReportAsync_ByTheProvidersId_FindsTheDelivery()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench);
        var providerId = (await bench.StateAsync(id)).ProviderId;

        await bench.ReportAsync(id, MessageEventType.Delivered, edit: e => e with { DeliveryId = null, ProviderId = providerId });

        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("salon_123")]
    public async Task ReportAsync_NoDeliveryInThreeDays_IsInQuarantineForNinety(string? owner)
    {
        await using var bench = Bench();
        TenantId? tenant = owner is null ? null : new TenantId(owner);
        foreach (var key in (string[])["first", "second"])
        {
            await bench.ReportAsync(new DeliveryId(Guid.NewGuid()), MessageEventType.Delivered, edit: e => e with { Key = key, Tenant = tenant });
            await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));
        }

        var history = bench.Get<IMessageHistory>();
        await bench.Test.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Empty((await history.QuarantinedAsync(tenant)).Items);
        await bench.Test.AdvanceAsync(TimeSpan.FromDays(2));

        var kept = (await history.QuarantinedAsync(tenant)).Items;
        Assert.Equal(["second", "first"], kept.Select(q => q.Report.Key));
        Assert.Equal((MessageEventType.Delivered, "email"), (kept[0].Report.Type, kept[0].Report.Account));
        Assert.Empty((await history.QuarantinedAsync(new TenantId("other"))).Items);
        await bench.Test.AdvanceAsync(TimeSpan.FromDays(80));
        Assert.Equal(2, (await history.QuarantinedAsync(tenant)).Items.Count);
        await bench.Test.AdvanceAsync(TimeSpan.FromDays(15));
        Assert.Empty((await history.QuarantinedAsync(tenant)).Items);
    }

    [Fact]
    public async Task ReportAsync_SameReportTwice_StandsInTheTimelineOnce()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench);

        for (var i = 0; i < 3; i++)
        {
            await bench.ReportAsync(id, MessageEventType.Delivered, edit: e => e with { Key = "k1" });
        }

        Assert.Single(await bench.TimelineAsync(id), e => e.Type == TimelineType.Event);
    }

    [Fact]
    public async Task ReportAsync_SameKeyOfAnotherAccount_IsAnotherReport()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench);

        await bench.ReportAsync(id, MessageEventType.Sent, "email", e => e with { Key = "k1" });
        await bench.ReportAsync(id, MessageEventType.Delivered, "other", e => e with { Key = "k1" });

        Assert.Equal(2, (await bench.TimelineAsync(id)).Count(e => e.Type == TimelineType.Event));
    }

    [Fact]
    public async Task ReportAsync_OneOfManyIsUnknown_TheOthersAreApplied()
    {
        await using var bench = Bench();
        var first = await SentAsync(bench);
        var second = await SentAsync(bench);
        ProviderEvent Report(DeliveryId id, string key) => new() { Account = "email", Key = key, DeliveryId = id, Type = MessageEventType.Delivered, OccurredAt = bench.Now };

        await bench.Get<IInboundSink>().ReportAsync(
            [Report(first, "1"), Report(Some.DeliveryId(), "2"), Report(second, "3")], CancellationToken.None);

        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(first));
        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(second));
    }

    [Fact]
    public async Task ReportAsync_BeforeOurOwnCommit_IsAppliedOnceTheDeliveryIsThere()
    {
        await using var bench = Bench();
        var record = Some.StoredDelivery() with
        {
            Channel = "email",
            Work = WorkState.Done,
            Attempt = new AttemptOutcome("email", bench.Now, TimeSpan.Zero, MessageEventType.Submitted),
            Evidence = Evidence.None.With(MessageEventType.Submitted, bench.Now),
            ProviderId = "p-1",
        };
        await bench.ReportAsync(record.Id, MessageEventType.Delivered, edit: e => e with { DeliveryId = null, ProviderId = "p-1", Key = "k1" });
        await bench.ReportAsync(record.Id, MessageEventType.Delivered, edit: e => e with { DeliveryId = null, ProviderId = "p-1", Key = "k1" });
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(3));

        await bench.Get<IMessageStore>().CommitAsync([Some.Accept(record)], CancellationToken.None);
        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(record.Id));
        Assert.Single(await bench.TimelineAsync(record.Id), e => e.Type == TimelineType.Event);
    }

    [Fact]
    public async Task ReportAsync_NeverMatched_IsLookedAtLessAndLessAndNotAtAllAfterThreeDays()
    {
        await using var bench = Bench();
        await bench.ReportAsync(Some.DeliveryId(), MessageEventType.Delivered);

        var looked = await bench.Test.AdvanceAsync(TimeSpan.FromHours(80));

        Assert.InRange(looked, 50, 130);
        Assert.Equal(0, await bench.Test.AdvanceAsync(TimeSpan.FromDays(60)));
    }

    [Fact]
    public async Task ReportAsync_OfWhatWasNeverSubmitted_IsKeptAndProvesNothing()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(edit: r => r with { SendAt = bench.Now + TimeSpan.FromHours(1) });

        await bench.ReportAsync(id, MessageEventType.HardBounced);

        var record = await bench.FindAsync(id);
        Assert.Equal(DeliveryStatus.Scheduled, record.State.Status);
        Assert.Empty(await bench.Get<ISuppressions>().FindAsync(TenantId.Default, record.Delivery.Address));
        Assert.Single(await bench.TimelineAsync(id), e => e.Type == TimelineType.Event);
    }

    [Fact]
    public async Task ReportAsync_WhileTheCallIsUnderWay_Counts()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync();
        bench.Test.When().Returns(_ =>
        {
            bench.ReportAsync(id, MessageEventType.Delivered).GetAwaiter().GetResult();
            return new SendResult.Unconfirmed("the answer was lost");
        });

        await bench.Test.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(DeliveryStatus.Delivered, await bench.StatusAsync(id));
        Assert.Single(bench.Test.Attempts);
    }

    [Fact]
    public async Task ReportAsync_AccountOfAnotherTenant_IsNotBelieved()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench);

        await bench.ReportAsync(id, MessageEventType.HardBounced, edit: e => e with { Tenant = new TenantId("other") });

        Assert.Equal(DeliveryStatus.Sent, await bench.StatusAsync(id));
    }

    [Theory]
    [InlineData(MessageEventType.HardBounced, SuppressionReason.HardBounce, null)]
    [InlineData(MessageEventType.Complained, SuppressionReason.Complaint, "marketing")]
    [InlineData(MessageEventType.Unsubscribed, SuppressionReason.Unsubscribed, "marketing")]
    public async Task ReportAsync_AddressOrRecipientSaysNo_SuppressesLaterMessages(MessageEventType type, SuppressionReason reason, string? category)
    {
        await using var bench = Bench();
        var id = await SentAsync(bench, r => r with { Category = Categories.Marketing });

        await bench.ReportAsync(id, type);

        var suppression = Assert.Single(await bench.Get<ISuppressions>().FindAsync(TenantId.Default, (await bench.FindAsync(id)).Delivery.Address));
        Assert.Equal((reason, category), (suppression.Reason, suppression.Category));
    }

    [Fact]
    public async Task ReportAsync_RecipientOptsInAgain_LiftsTheOptOut()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench, r => r with { Category = Categories.Marketing });
        await bench.ReportAsync(id, MessageEventType.Unsubscribed);

        await bench.ReportAsync(id, MessageEventType.Resubscribed);

        Assert.Empty(await bench.Get<ISuppressions>().FindAsync(TenantId.Default, (await bench.FindAsync(id)).Delivery.Address));
    }

    [Fact]
    public async Task ReportAsync_SameSoftBounceManyTimes_CountsOnce()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench);

        for (var i = 0; i < 5; i++)
        {
            await bench.ReportAsync(id, MessageEventType.SoftBounced, edit: e => e with { Key = "k1" });
        }

        Assert.Empty(await bench.Get<ISuppressions>().FindAsync(TenantId.Default, (await bench.FindAsync(id)).Delivery.Address));
        Assert.Equal(DeliveryStatus.Bounced, await bench.StatusAsync(id));
    }

    [Fact]
    public async Task ReportAsync_SenderIsToBlame_PausesIt()
    {
        await using var bench = Bench();
        var id = await SentAsync(bench);

        await bench.ReportAsync(id, MessageEventType.Undelivered, edit: e => e with { Scope = FailureScope.Sender, ProviderText = "number not registered" });

        Assert.Contains("number not registered", Assert.Single(await bench.Operations.PausesAsync(TenantId.Default)).Reason, StringComparison.Ordinal);
    }

    /// <summary>Every order of arrival, with repeats, gives one status.</summary>
    [Fact]
    public async Task ReportAsync_AnyOrderWithRepeats_GivesOneStatus()
    {
        MessageEventType[] types = [MessageEventType.Sent, MessageEventType.Undelivered, MessageEventType.Delivered, MessageEventType.Read];
        await using var bench = Bench();
        foreach (var order in Permutations(types))
        {
            var id = await SentAsync(bench);
            foreach (var type in order.Concat(order.Take(2)))
            {
                await bench.ReportAsync(id, type, edit: e => e with { Key = $"{id}:{type}", OccurredAt = Some.Instant + TimeSpan.FromSeconds((int)type) });
            }

            Assert.Equal(DeliveryStatus.Read, await bench.StatusAsync(id));
        }
    }

    private static IEnumerable<MessageEventType[]> Permutations(MessageEventType[] types) => types.Length <= 1
        ? [types]
        : types.SelectMany((first, i) => Permutations([.. types[..i], .. types[(i + 1)..]]).Select(rest => (MessageEventType[])[first, .. rest]));

    private static async Task<DeliveryId> SentAsync(Bench bench, Func<SendRequest, SendRequest>? edit = null)
    {
        var id = await bench.SendAsync(edit: edit);
        await bench.Test.DrainAsync();
        return id;
    }

    private static Bench Bench(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("email").AddTestChannel("sms");
        configure?.Invoke(m);
    });
}
