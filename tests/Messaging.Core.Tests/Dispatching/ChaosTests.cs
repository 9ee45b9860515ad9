using System.Collections.Concurrent;
using System.Globalization;
using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Dispatching;

/// <summary>The loop under channels that answer anything, hang and throw, over a store that fails and a queue that loses leases.</summary>
public sealed class ChaosTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    public async Task RunAsync_EverythingGoesWrong_EachDeliveryEndsOnceAndEveryCallIsCounted(int seed, bool losesLeases)
    {
        await using var run = new ChaosRun(seed, losesLeases);
        await run.RunAsync().WaitAsync(s_limit);
    }

    /// <summary>One random history of a dispatcher.</summary>
    private sealed class ChaosRun : IAsyncDisposable
    {
        private const int Messages = 120;
        private const int WildRounds = 150;

        /// <summary>How long the loop has to come to the end of it. Rounds are no measure: on a crowded machine hundreds go by before it has its turn.</summary>
        private static readonly TimeSpan s_calm = s_limit / 2;

        private readonly LoopBench _bench;
        private readonly Random _random;
        private readonly Lock _gate = new();
        private readonly ConcurrentDictionary<DeliveryId, Fate> _fates = new();
        private readonly List<TaskCompletionSource> _stubborn = [];
        private readonly bool _losesLeases;
        private FaultyStore? _store;
        private ChaosQueue? _queue;
        private volatile bool _wild = true;
        private long _claims;
        private long _calls;

        public ChaosRun(int seed, bool losesLeases)
        {
            (_random, _losesLeases) = (new Random(seed), losesLeases);
            _bench = new LoopBench(
                m => m.ConfigureDispatcher(o => (o.Concurrency, o.BatchSize, o.Capacity) = (4, 16, 48))
                    .ConfigureKind("email", k => (k.MaxAttempts, k.RetryAfter, k.AttemptTimeout) = (4, [TimeSpan.FromSeconds(5)], TimeSpan.FromSeconds(45)))
                    .ConfigureKind("sms", k => (k.MaxAttempts, k.RetryAfter, k.AttemptTimeout) = (4, [TimeSpan.FromSeconds(5)], TimeSpan.FromSeconds(45))),
                before: services => services
                    .AddSingleton<IMessageStore>(s => _store = new FaultyStore(s.GetRequiredService<MemoryStore>()))
                    .AddSingleton<IWorkQueue>(s => _queue = new ChaosQueue(s.GetRequiredService<MemoryStore>(), this)));
            _bench.OnSend = AnswerAsync;
        }

        public async Task RunAsync()
        {
            List<DeliveryId> ids = [];
            for (var i = 0; i < Messages; i++)
            {
                ids.Add(await _bench.SendAsync((i % 3) switch { 0 => "sms", 1 => "email", _ => "other" }, (MessagePriority)(i % 4), new TenantId($"tenant-{i % 5}")));
            }

            _store!.Fault = changes => !_wild || !changes.Any(c => c.Settles.Count + c.Begins.Count > 0) ? null : Next(10) switch { 0 => false, 1 => true, _ => null };
            await _bench.StartAsync();
            while (Interlocked.Read(ref _calls) == 0)
            {
                await Task.Yield();
            }

            for (var i = 0; i < WildRounds; i++)
            {
                await RoundAsync();
            }

            _wild = false;
            ReleaseStubborn();
            using var calm = new CancellationTokenSource(s_calm);
            var rounds = (long)WildRounds;
            for (; !calm.IsCancellationRequested && (await _bench.DepthAsync() is { Ready: > 0 } or { Waiting: > 0 } or { Leased: > 0 }); rounds++)
            {
                await RoundAsync();
            }

            await _bench.StopAsync();
            foreach (var id in ids)
            {
                await CheckAsync(id);
            }

            // A claim that finds nothing is paid for by a call, a wait that ended, or the store's word that there is work.
            Assert.InRange(_claims, 1, 60L * (rounds + 600));
        }

        public ValueTask DisposeAsync() => _bench.DisposeAsync();

        public void Claimed(IReadOnlyList<LeasedWork> works)
        {
            Interlocked.Increment(ref _claims);
            foreach (var work in works.Where(w => w is { Claims: > 1, Delivery: not null }))
            {
                _fates.GetOrAdd(work.Delivery!.Delivery.Id, _ => new Fate()).WasTakenUpAgain = true;
            }
        }

        /// <summary>Which leases a store that was away for too long has given to others.</summary>
        public bool Loses() => _losesLeases && _wild && Next(20) == 0;

        /// <summary>Lets everything come to rest that can without the clock, then moves that.</summary>
        private async Task RoundAsync()
        {
            var (last, same) = (default((long, long, long, long)), 0);
            while (same < 20)
            {
                var depth = await _bench.DepthAsync();
                var seen = (depth.Ready, depth.Leased, depth.Waiting, Interlocked.Read(ref _calls));
                (last, same) = (seen, seen == last ? same + 1 : 0);
                await Task.Yield();
            }

            if (Next(8) == 0)
            {
                ReleaseStubborn();
            }

            _bench.Clock.Advance(TimeSpan.FromMilliseconds(Next(6_000)));
        }

        private async ValueTask<SendResult> AnswerAsync(OutboundMessage message, CancellationToken cancellationToken)
        {
            var fate = _fates.GetOrAdd(message.DeliveryId, _ => new Fate());
            Interlocked.Increment(ref fate.Calls);
            Interlocked.Increment(ref _calls);
            try
            {
                var result = await DecideAsync(fate, cancellationToken);
                Interlocked.Increment(ref fate.Answers);
                _ = result is SendResult.Accepted ? Interlocked.Increment(ref fate.Accepted) : 0;
                return result;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch
            {
                Interlocked.Increment(ref fate.Answers);
                throw;
            }
        }

        private async ValueTask<SendResult> DecideAsync(Fate fate, CancellationToken cancellationToken)
        {
            switch (_wild ? Next(20) : 0)
            {
                case < 7:
                    return new SendResult.Accepted(Guid.NewGuid().ToString());
                case 7:
                    return new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "550", "no");
                case 8:
                    return new SendResult.Rejected(RejectionReason.UnknownRecipient, FailureScope.Address, "550", "nobody");
                case 9 or 10:
                    return new SendResult.Throttled(TimeSpan.FromSeconds(Next(20)), FailureScope.Message, "450", "later");
                case 11:
                    return new SendResult.Throttled(null, FailureScope.Account, "421", "too many");
                case 12 or 13:
                    return new SendResult.NotSent("down", FailureScope.Message);
                case 14:
                    return new SendResult.NotSent("down");
                case 15 or 16:
                    return new SendResult.Unconfirmed("broke");
                case 17:
                    throw new InvalidOperationException("A bug in a channel.");
                case 18:
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    return new SendResult.Unconfirmed("never");
                default:
                    Interlocked.Increment(ref fate.Stubborn);
                    await StubbornAsync();
                    return new SendResult.Accepted(Guid.NewGuid().ToString());
            }
        }

        /// <summary>Comes back when it likes, cancelled or not.</summary>
        private Task StubbornAsync()
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _stubborn.Add(end);
            }

            return end.Task;
        }

        private void ReleaseStubborn()
        {
            lock (_gate)
            {
                _stubborn.ForEach(end => end.TrySetResult());
                _stubborn.Clear();
            }
        }

        private int Next(int below)
        {
            lock (_gate)
            {
                return _random.Next(below);
            }
        }

        private async Task CheckAsync(DeliveryId id)
        {
            var state = await _bench.StateAsync(id);
            var fate = _fates.GetValueOrDefault(id) ?? new Fate();
            var told = string.Create(CultureInfo.InvariantCulture, $"{state.Work} {state.Status} {state.Why?.Code}, {state.TotalAttempts} attempts of {fate.Calls} calls, {fate.Answers} answers, {fate.Accepted} accepted");
            Assert.True(state.Work == WorkState.Done || state is { Work: WorkState.Parked, Why.Code: WhyCodes.Unconfirmed }, told);
            // Whose answer "nobody lives here" was lost with the lease is not asked again: the address is suppressed by then.
            var suppressed = state.Status == DeliveryStatus.Suppressed && fate is { WasTakenUpAgain: true, Answers: > 0 };
            Assert.True(suppressed || state.Status is DeliveryStatus.Sent or DeliveryStatus.Failed or DeliveryStatus.Unconfirmed, told);
            Assert.True(state.Status != DeliveryStatus.Sent || fate.Accepted > 0, told);
            Assert.True(state.TotalAttempts <= fate.Calls, told);
            if (!fate.WasTakenUpAgain && fate.Stubborn == 0)
            {
                // Exactly: a channel that lets itself be cancelled says that nothing has left, so such a call is none. An answer that comes after
                // the lease was lost may count or not, as may one that was given up on; such deliveries are left out above.
                Assert.True(state.TotalAttempts == fate.Answers, told);
                Assert.True(fate.Accepted <= 1, told);
            }
        }

        private sealed class Fate
        {
            public int Calls;
            public int Answers;
            public int Accepted;

            /// <summary>Whether its lease was lost: what a call answered then may count or not.</summary>
            public bool WasTakenUpAgain;

            /// <summary>Calls that came back when they liked: they may have been given up before, and count or not.</summary>
            public int Stubborn;
        }
    }

    private sealed class ChaosQueue(IWorkQueue inner, ChaosRun run) : IWorkQueue
    {
        public async ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
        {
            var works = await inner.ClaimAsync(request, cancellationToken);
            run.Claimed(works);
            return works;
        }

        public async ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken)
        {
            var kept = await inner.ExtendAsync(leases, leaseFor, cancellationToken);
            return [.. kept.Where(_ => !run.Loses())];
        }

        public ValueTask WaitForWorkAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken) => inner.WaitForWorkAsync(kinds, cancellationToken);

        public ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken) => inner.MeasureAsync(cancellationToken);
    }
}
