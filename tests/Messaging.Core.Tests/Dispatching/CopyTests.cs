using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Dispatching;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Dispatching;

/// <summary>Several recipients in one delivery: who has an answer is asked nothing again.</summary>
public sealed class CopyTests
{
    private static readonly SendResult s_accepted = new SendResult.Accepted("provider-1");
    private static readonly SendResult s_refused = new SendResult.Rejected(RejectionReason.UnknownRecipient, FailureScope.Address, "550", "no such user");
    private static readonly SendResult s_later = new SendResult.Throttled(TimeSpan.FromMinutes(5), FailureScope.Message, "450", "greylisted");

    [Fact]
    public async Task StepAsync_CopyPutOffBesideTo_TriesThatCopyAlone()
    {
        await using var bench = new LoopBench();
        var id = await SendAsync(bench);
        bench.OnSend = (_, _) => new(Each(s_accepted, s_later, s_refused));
        await StepAsync(bench);
        var waiting = await bench.StateAsync(id);
        Assert.Equal((WorkState.Waiting, true), (waiting.Work, waiting.Evidence.Has(MessageEventType.Submitted)));

        bench.OnSend = (_, _) => new(s_accepted);
        await LaterAsync(bench);

        Assert.Equal([], bench.Calls.First().OnlyFor);
        Assert.Equal([1], bench.Calls.Last().OnlyFor);
        Assert.Equal(bench.Calls.First().Cc, bench.Calls.Last().Cc);
        Assert.Equal(bench.Calls.First().Bcc, bench.Calls.Last().Bcc);
        var state = await bench.StateAsync(id);
        Assert.Equal((DeliveryStatus.Sent, 2, false, "provider-1"), (state.Status, state.TotalAttempts, state.DeadLetter, state.ProviderId));
    }

    [Fact]
    public async Task StepAsync_ToPutOffBesideACopy_DoesNotRepeatToTheCopy()
    {
        await using var bench = new LoopBench();
        var id = await SendAsync(bench);
        bench.OnSend = (_, _) => new(Each(s_later, s_accepted, s_later));
        await StepAsync(bench);
        bench.OnSend = (_, _) => new(s_later with { Recipients = [new(0, s_later), new(2, s_accepted)] });
        await LaterAsync(bench);
        bench.OnSend = (_, _) => new(s_accepted);
        await LaterAsync(bench);

        Assert.Equal([[], [0, 2], [0]], bench.Calls.Select(c => c.OnlyFor));
        Assert.Equal(DeliveryStatus.Sent, (await bench.StateAsync(id)).Status);
    }

    [Fact]
    public async Task StepAsync_CopyNeverGetsThrough_LeavesTheDeliverySent()
    {
        await using var bench = new LoopBench(m => m.ConfigureKind("email", k => k.MaxAttempts = 3));
        var id = await SendAsync(bench);
        bench.OnSend = (_, _) => new(Each(s_accepted, s_later, s_later));
        await StepAsync(bench);
        bench.OnSend = (_, _) => new(s_later);
        await LaterAsync(bench);
        await LaterAsync(bench);
        await LaterAsync(bench);

        Assert.Equal([[], [1, 2], [1, 2]], bench.Calls.Select(c => c.OnlyFor));
        var state = await bench.StateAsync(id);
        Assert.Equal((WorkState.Done, DeliveryStatus.Sent, false), (state.Work, state.Status, state.DeadLetter));
    }

    [Fact]
    public async Task StepAsync_MessageExpiresWhileACopyWaits_LeavesTheDeliverySent()
    {
        await using var bench = new LoopBench();
        var id = await SendAsync(bench, bench.Clock.GetUtcNow() + TimeSpan.FromMinutes(3));
        bench.OnSend = (_, _) => new(Each(s_accepted, s_later, s_later));
        await StepAsync(bench);
        await LaterAsync(bench);

        Assert.Single(bench.Calls);
        var state = await bench.StateAsync(id);
        Assert.Equal((WorkState.Done, DeliveryStatus.Sent, WhyCodes.Expired), (state.Work, state.Status, state.Why!.Code));
    }

    [Fact]
    public async Task StepAsync_LastCopyRefusedForGood_EndsTheDeliveryAsSent()
    {
        await using var bench = new LoopBench();
        var id = await SendAsync(bench);
        bench.OnSend = (_, _) => new(Each(s_accepted, s_accepted, s_later));
        await StepAsync(bench);
        bench.OnSend = (_, _) => new(s_refused);
        await LaterAsync(bench);

        Assert.Equal(DeliveryStatus.Sent, (await bench.StateAsync(id)).Status);
        var suppressed = bench.Get<Messaging.Gates.ISuppressions>();
        Assert.Empty(await suppressed.FindAsync(TenantId.Default, bench.Calls.Last().To.Address));
        Assert.Single(await suppressed.FindAsync(TenantId.Default, bench.Calls.Last().Bcc[0].Address));
    }

    private static SendResult Each(SendResult to, SendResult cc, SendResult bcc) => to with { Recipients = [new(0, to), new(1, cc), new(2, bcc)] };

    private static async Task<DeliveryId> SendAsync(LoopBench bench, DateTimeOffset? expires = null)
    {
        var receipt = await bench.Get<IMessageHub>().SendAsync(new SendRequest
        {
            To = Some.Recipient(), Cc = [Some.Recipient()], Bcc = [Some.Recipient()], Content = Some.Content(), Channel = "email", ExpiresAt = expires,
        });
        return receipt.Deliveries[0].Id;
    }

    private static async Task LaterAsync(LoopBench bench)
    {
        bench.Clock.Advance(TimeSpan.FromHours(2));
        await StepAsync(bench);
    }

    private static Task<int> StepAsync(LoopBench bench) => bench.Get<IMessageDispatcher>().StepAsync();
}
