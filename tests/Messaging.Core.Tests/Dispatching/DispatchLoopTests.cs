using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Gates;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Dispatching;

public sealed class DispatchLoopTests
{
    [Fact]
    public async Task RunAsync_ManyMessages_SendsEachOnce()
    {
        await using var bench = new LoopBench();
        await bench.StartAsync();
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            List<DeliveryId> ids = [];
            for (var i = 0; i < 250; i++)
            {
                ids.Add(await bench.SendAsync());
            }

            return ids;
        }));

        await bench.CallsAsync(2_000);
        await bench.StopAsync();

        Assert.Equal(2_000, bench.Calls.Select(c => c.DeliveryId).Distinct().Count());
        Assert.Equal(2_000, bench.Calls.Count);
        foreach (var id in sent.SelectMany(ids => ids))
        {
            Assert.Equal(DeliveryStatus.Sent, (await bench.StateAsync(id)).Status);
        }
    }

    [Fact]
    public async Task RunAsync_MessageComesWhileIdle_IsSentWithoutTheClockMoving()
    {
        await using var bench = new LoopBench();
        await bench.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await bench.SendAsync();
            await bench.CallsAsync(1);
        }

        await bench.StopAsync();
    }

    [Fact]
    public async Task RunAsync_AccountThatHangs_HoldsUpNoOther()
    {
        await using var bench = new LoopBench(m => m.ConfigureDispatcher(o => o.Concurrency = 4));
        var gate = new Gate();
        bench.OnSend = (_, token) => gate.PassAsync(token);
        for (var i = 0; i < 100; i++)
        {
            await bench.SendAsync();
        }

        await bench.StartAsync();
        await bench.CallsAsync(4);
        bench.OnSend = (_, _) => new(new SendResult.Accepted("x"));
        for (var i = 0; i < 50; i++)
        {
            await bench.SendAsync("other");
        }

        await bench.CallsAsync(50);
        Assert.Equal(54, bench.Calls.Count);
        gate.Open();
        await bench.CallsAsync(96);
        await bench.StopAsync();
    }

    [Fact]
    public async Task RunAsync_MoreWorkThanTheAccountMayDoAtOnce_KeepsToTheLimitAndUsesIt()
    {
        await using var bench = new LoopBench(m => m.ConfigureAccount("email", a => a.Concurrency = 3));
        var (running, most) = (0, 0);
        var used = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.OnSend = async (_, token) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == 3)
            {
                used.TrySetResult();
            }

            await used.Task.WaitAsync(TimeSpan.FromSeconds(30), token);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return new SendResult.Accepted("x");
        };
        for (var i = 0; i < 300; i++)
        {
            await bench.SendAsync();
        }

        await bench.StartAsync();
        await bench.CallsAsync(300);
        await bench.StopAsync();

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task RunAsync_BatchInPreparation_ClaimsTheNextMeanwhileAndNoMore()
    {
        var gate = new SlowGate();
        await using var bench = new LoopBench(
            m => m.ConfigureDispatcher(o => o.BatchSize = 1),
            before: services => services.AddSingleton<ISendGate>(gate));
        for (var i = 0; i < 10; i++)
        {
            await bench.SendAsync();
        }

        await bench.StartAsync();
        await UntilAsync(bench, depth => depth.Leased == 2);
        Assert.Empty(bench.Calls);
        gate.Open();
        await bench.CallsAsync(10);
        await bench.StopAsync();

        Assert.Equal(1, gate.Most);
        Assert.Equal(10, bench.Calls.Select(c => c.DeliveryId).Distinct().Count());
    }

    [Fact]
    public async Task StopAsync_BatchInPreparation_HandsItAndTheNextBack()
    {
        var gate = new SlowGate();
        await using var bench = new LoopBench(
            m => m.ConfigureDispatcher(o => o.BatchSize = 1),
            before: services => services.AddSingleton<ISendGate>(gate));
        for (var i = 0; i < 10; i++)
        {
            await bench.SendAsync();
        }

        await bench.StartAsync();
        await UntilAsync(bench, depth => depth.Leased == 2);
        await bench.StopAsync();

        Assert.Equal((10, 0), ((await bench.DepthAsync()).Ready, (await bench.DepthAsync()).Leased));
        Assert.Empty(bench.Calls);
    }

    [Fact]
    public async Task RunAsync_UrgentMessageBehindAQueue_GoesSoon()
    {
        var before = await CallsBeforeAsync(
            queued: bench => bench.SendAsync(priority: MessagePriority.Bulk),
            late: bench => bench.SendAsync(priority: MessagePriority.Critical));

        Assert.InRange(before, 1, 3);
    }

    [Fact]
    public async Task RunAsync_TenantBehindAnothersQueue_GoesSoon()
    {
        var before = await CallsBeforeAsync(
            queued: bench => bench.SendAsync(tenant: new TenantId("busy")),
            late: bench => bench.SendAsync(tenant: new TenantId("quiet")));

        Assert.InRange(before, 1, 3);
    }

    [Fact]
    public async Task RunAsync_AccountHangsWithTheProcessFull_MakesRoomForOthersWithinSeconds()
    {
        await using var bench = new LoopBench(m => m.ConfigureDispatcher(o => (o.Concurrency, o.BatchSize, o.Capacity, o.LeaseFor) = (2, 50, 50, TimeSpan.FromMinutes(30))));
        var gate = new Gate();
        bench.OnSend = (_, token) => gate.PassAsync(token);
        for (var i = 0; i < 60; i++)
        {
            await bench.SendAsync(tenant: new TenantId("busy"));
        }

        await bench.StartAsync();
        await bench.CallsAsync(2);
        await UntilAsync(bench, depth => depth.Leased == 50);
        bench.OnSend = (_, _) => new(new SendResult.Accepted("x"));
        await bench.SendAsync("other", tenant: new TenantId("quiet"));

        var began = bench.Clock.GetUtcNow();
        await AdvanceToTimersUntilAsync(bench, bench.CallsAsync(1), TimeSpan.FromSeconds(5));

        Assert.Equal("quiet", bench.Calls.Last().Tenant.Value);
        Assert.True(bench.Clock.GetUtcNow() - began < TimeSpan.FromMinutes(10), "Only the beat of the leases made room.");
        gate.Open();
        await bench.StopAsync();
    }

    [Fact]
    public async Task StopAsync_UnderLoad_LetsCallsEndAndHandsTheRestBack()
    {
        await using var bench = new LoopBench(m => m.ConfigureDispatcher(o => o.Concurrency = 5));
        var gate = new Gate();
        bench.OnSend = (_, token) => gate.PassAsync(token);
        List<DeliveryId> ids = [];
        for (var i = 0; i < 50; i++)
        {
            ids.Add(await bench.SendAsync());
        }

        await bench.StartAsync();
        await bench.CallsAsync(5);
        await UntilAsync(bench, depth => depth.Leased == 50);
        var stopping = bench.StopAsync();
        await UntilAsync(bench, depth => depth.Leased == 5);
        gate.Open();
        await stopping;

        var states = new List<DeliveryState>();
        foreach (var id in ids)
        {
            states.Add(await bench.StateAsync(id));
        }

        Assert.Equal(5, states.Count(s => s.Status == DeliveryStatus.Sent));
        Assert.Equal(45, states.Count(s => s is { Work: WorkState.Ready, Attempts: 0 }));
        var again = await bench.Get<IWorkQueue>().ClaimAsync(new ClaimRequest { Max = 100, LeaseFor = TimeSpan.FromMinutes(1), Owner = "next" }, CancellationToken.None);
        Assert.All(again, work => Assert.Equal(1, work.Claims));
    }

    [Fact]
    public async Task StopAsync_CallsDoNotEndInTime_AreCancelledAndHandedBack()
    {
        await using var bench = new LoopBench(m => m.ConfigureDispatcher(o => o.StopWithin = TimeSpan.FromSeconds(20)));
        var gate = new Gate();
        bench.OnSend = (_, token) => gate.PassAsync(token);
        var id = await bench.SendAsync();
        await bench.StartAsync();
        await bench.CallsAsync(1);

        var stopping = bench.StopAsync();
        await AdvanceUntilAsync(bench, stopping);

        var state = await bench.StateAsync(id);
        Assert.Equal((WorkState.Ready, 0), (state.Work, state.Attempts));
    }

    [Fact]
    public async Task RunAsync_CallOutlastsItsLease_IsProlonged()
    {
        await using var bench = new LoopBench();
        var gate = new Gate();
        bench.OnSend = (_, token) => gate.PassAsync(token);
        var id = await bench.SendAsync();
        await bench.StartAsync();
        await bench.CallsAsync(1);

        for (var i = 0; i < 30; i++)
        {
            await BeatAsync(bench);
        }

        Assert.Equal(WorkState.Leased, (await bench.StateAsync(id)).Work);
        gate.Open();
        await UntilAsync(bench, depth => depth.Leased == 0);
        Assert.Equal(DeliveryStatus.Sent, (await bench.StateAsync(id)).Status);
        Assert.Single(bench.Calls);
        await bench.StopAsync();
    }

    [Fact]
    public async Task RunAsync_WorkQueuedBehindCalls_KeepsItsLease()
    {
        await using var bench = new LoopBench(m => m.ConfigureAccount("email", a => a.Concurrency = 1).ConfigureKind("email", k => k.AttemptTimeout = TimeSpan.FromMinutes(30)));
        var gate = new Gate();
        bench.OnSend = (_, token) => gate.PassAsync(token);
        await bench.SendAsync();
        await bench.StartAsync();
        await bench.CallsAsync(1);
        var queued = await bench.SendAsync();
        await UntilAsync(bench, depth => depth.Leased == 2);

        // By the service's own timer, too: nothing that a beat meets may end the beats.
        for (var i = 0; i < 6; i++)
        {
            await BeatAsync(bench);
        }

        Assert.NotEqual(DeliveryStatus.Sent, (await bench.StateAsync(queued)).Status);
        gate.Open();
        await AdvanceUntilAsync(bench, UntilSentAsync(bench, [queued]));
        await bench.StopAsync();
        Assert.Equal(2, bench.Calls.Count);
    }

    [Fact]
    public async Task RunAsync_LeaseCannotBeProlonged_CancelsTheCallAndSettlesNothing()
    {
        LostQueue? queue = null;
        await using var bench = new LoopBench(before: services => services.AddSingleton<IWorkQueue>(s => queue = new LostQueue(s.GetRequiredService<MemoryStore>())));
        var cancelled = new TaskCompletionSource();
        bench.OnSend = async (_, token) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled.TrySetResult();
            }

            return new SendResult.Accepted("x");
        };
        var id = await bench.SendAsync();
        await bench.StartAsync();
        await bench.CallsAsync(1);
        queue!.IsLost = true;

        for (var i = 0; i < 3; i++)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var state = await bench.StateAsync(id);
        Assert.Equal(0, state.TotalAttempts);
        await bench.StopAsync();
    }

    [Fact]
    public async Task RunAsync_CallNeverReturns_IsGivenUpAndItsPlaceIsFree()
    {
        await using var bench = new LoopBench(m => m.ConfigureAccount("email", a => a.Concurrency = 1).ConfigureKind("email", k => k.AttemptTimeout = TimeSpan.FromSeconds(30)));
        var gate = new Gate();
        bench.OnSend = (_, _) => gate.InsistAsync();
        await bench.SendAsync();
        await bench.StartAsync();
        await bench.CallsAsync(1);
        bench.OnSend = (_, _) => new(new SendResult.Accepted("x"));
        for (var i = 0; i < 4; i++)
        {
            await BeatAsync(bench);
        }

        await bench.SendAsync();
        await bench.CallsAsync(1);
        gate.Open();
        await bench.StopAsync();
    }

    [Fact]
    public async Task RunAsync_StoreFailsForAWhile_LosesNothingAndRepeatsNothing()
    {
        FaultyStore? store = null;
        await using var bench = new LoopBench(before: services => services.AddSingleton<IMessageStore>(s => store = new FaultyStore(s.GetRequiredService<MemoryStore>())));
        List<DeliveryId> ids = [];
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await bench.SendAsync());
        }

        var left = 10;
        store!.Fault = changes => changes.Any(c => c.Settles.Count > 0) && Interlocked.Decrement(ref left) >= 0 ? false : null;
        await bench.StartAsync();
        await bench.CallsAsync(20);
        await AdvanceUntilAsync(bench, UntilSentAsync(bench, ids));
        await bench.StopAsync();

        Assert.Equal(20, bench.Calls.Count);
    }

    [Fact]
    public async Task RunAsync_TwoProcessesOverOneStore_SendEachOnce()
    {
        var clock = new ManualTimeProvider();
        using var store = new MemoryStore(clock);
        void Share(IServiceCollection services) => services.AddSingleton(store).AddSingleton<IMessageStore>(store).AddSingleton<IWorkQueue>(store);
        await using var first = new LoopBench(time: clock, before: Share);
        await using var second = new LoopBench(time: clock, before: Share);
        await first.StartAsync();
        await second.StartAsync();

        List<DeliveryId> ids = [];
        for (var i = 0; i < 1_000; i++)
        {
            ids.Add(await first.SendAsync());
        }

        await UntilSentAsync(first, ids);
        await first.StopAsync();
        await second.StopAsync();

        Assert.Equal(1_000, first.Calls.Concat(second.Calls).Select(c => c.DeliveryId).Distinct().Count());
        Assert.Equal(1_000, first.Calls.Count + second.Calls.Count);
    }

    private static async Task UntilSentAsync(LoopBench bench, List<DeliveryId> ids)
    {
        foreach (var id in ids)
        {
            while ((await bench.StateAsync(id)).Status != DeliveryStatus.Sent)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task UntilAsync(LoopBench bench, Func<QueueDepth, bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition(await bench.DepthAsync()))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task AdvanceUntilAsync(LoopBench bench, Task done, TimeSpan? step = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!done.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            bench.Clock.Advance(step ?? TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }

        await done;
    }

    /// <summary>How many calls an account that makes one at a time begins before a late message's, with 200 others before it.</summary>
    private static async Task<int> CallsBeforeAsync(Func<LoopBench, Task> queued, Func<LoopBench, Task<DeliveryId>> late)
    {
        await using var bench = new LoopBench(m => m.ConfigureAccount("email", a => a.Concurrency = 1));
        using var permits = new SemaphoreSlim(0);
        bench.OnSend = async (_, token) =>
        {
            await permits.WaitAsync(token);
            return new SendResult.Accepted("x");
        };
        for (var i = 0; i < 200; i++)
        {
            await queued(bench);
        }

        await bench.StartAsync();
        await bench.CallsAsync(1);
        var id = await late(bench);
        await UntilPreparedAsync(bench);
        while (bench.Calls.Last().DeliveryId != id)
        {
            permits.Release();
            await bench.CallsAsync(1);
        }

        var before = bench.Calls.Count - 1;
        permits.Release(500);
        await bench.StopAsync();
        return before;
    }

    /// <summary>Waits until all that was accepted is in its lane: batches are prepared one after the other, so a call of a later one says that those before it are.</summary>
    private static async Task UntilPreparedAsync(LoopBench bench)
    {
        var called = new TaskCompletionSource();
        bench.Sms.OnSend = (_, _) =>
        {
            called.SetResult();
            return new(new SendResult.Accepted("x"));
        };
        await UntilAsync(bench, depth => depth.Ready == 0);
        await bench.SendAsync("sms");
        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Moves the clock to what somebody waits for soon, and not while the loop has not had its turn: however slow the machine, the clock does not run ahead.</summary>
    private static async Task AdvanceToTimersUntilAsync(LoopBench bench, Task done, TimeSpan reach)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!done.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (bench.Clock.NextTimer is { } next && next - bench.Clock.Now <= reach)
            {
                bench.Clock.Advance(next - bench.Clock.Now);
            }

            await Task.Yield();
        }

        await done;
    }

    /// <summary>Moves the clock to the next beat, and lets that beat finish.</summary>
    private static async Task BeatAsync(LoopBench bench)
    {
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        await bench.Get<Messaging.Dispatching.LeaseKeeper>().BeatAsync(CancellationToken.None);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    /// <summary>A queue that forgets whose leases are whose.</summary>
    private sealed class LostQueue(IWorkQueue inner) : IWorkQueue
    {
        public bool IsLost { get; set; }

        public ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
            IsLost ? new([]) : inner.ClaimAsync(request, cancellationToken);

        public ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken) =>
            IsLost ? new([]) : inner.ExtendAsync(leases, leaseFor, cancellationToken);

        public ValueTask WaitForWorkAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken) =>
            IsLost ? new(Task.Delay(Timeout.Infinite, cancellationToken)) : inner.WaitForWorkAsync(kinds, cancellationToken);

        public ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken) => inner.MeasureAsync(cancellationToken);
    }
}
