using System.Collections.Concurrent;
using Messaging.Channels;
using Messaging.Core.Fakes;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Receiving;

public sealed class HostEventHandlerTests
{
    [Fact]
    public async Task DrainAsync_WhatHappens_IsToldInOrderWithTheCallersFacts()
    {
        await using var bench = Bench();
        var id = await bench.SendAsync(edit: r => r with { Reference = "booking:981", Metadata = new Dictionary<string, string> { ["k"] = "v" } });

        await bench.Test.DrainAsync();
        await bench.ReportAsync(id, MessageEventType.Delivered);
        await bench.Test.DrainAsync();

        var events = bench.Get<Seen>().Events.ToList();
        Assert.Equal([(MessageEventType.Submitted, DeliveryStatus.Sent), (MessageEventType.Delivered, DeliveryStatus.Delivered)], events.Select(e => (e.Type, e.Status)));
        Assert.All(events, e => Assert.Equal((id, "booking:981", "v", "email", "email"), (e.DeliveryId, e.Reference, e.Metadata["k"], e.Kind, e.Account)));
    }

    [Fact]
    public async Task DrainAsync_NobodyHandles_MakesNoWork()
    {
        await using var bench = new Bench(m => m.AddTestChannel("email"));
        await bench.SendAsync();

        Assert.Equal(1, await bench.Test.DrainAsync());
    }

    [Fact]
    public async Task DrainAsync_Failures_ComeWithTheReason()
    {
        await using var bench = Bench();
        bench.Test.FailNext(new SendResult.Rejected(RejectionReason.Content, FailureScope.Message, "554", "refused as spam"));
        await bench.SendAsync();

        await bench.Test.DrainAsync();

        var e = Assert.Single(bench.Get<Seen>().Events);
        Assert.Equal((MessageEventType.Rejected, DeliveryStatus.Failed, "554", WhyCodes.Rejected), (e.Type, e.Status, e.ProviderCode, e.Why!.Code));
    }

    [Fact]
    public async Task DrainAsync_HandlerThrows_IsCalledAgainWithTheSameIdAndTheOtherIsNot()
    {
        await using var bench = Bench();
        bench.Get<Seen>().Fail = 3;
        await bench.SendAsync();

        await bench.Test.AdvanceAsync(TimeSpan.FromMinutes(5));

        var calls = bench.Get<Seen>().Calls.ToList();
        Assert.Equal(4, calls.Count(c => c.Handler == nameof(Moody)));
        Assert.Equal(1, calls.Count(c => c.Handler == nameof(Calm)));
        Assert.Single(calls.Select(c => c.Id).Distinct());
        Assert.Equal([0, 10, 30, 70], calls.Where(c => c.Handler == nameof(Moody)).Select(c => (c.At - Some.Instant).TotalSeconds));
    }

    [Fact]
    public async Task DrainAsync_HandlerThrowsForEver_IsGivenUp()
    {
        await using var bench = Bench(m => m.ConfigureEventHandlers(o => o.MaxAttempts = 4));
        bench.Get<Seen>().Fail = int.MaxValue;
        await bench.SendAsync();

        await bench.Test.AdvanceAsync(TimeSpan.FromDays(3));

        Assert.Equal(4, bench.Get<Seen>().Calls.Count(c => c.Handler == nameof(Moody)));
        Assert.Equal(0, (await bench.Queue.MeasureAsync(CancellationToken.None)).Waiting);
    }

    [Fact]
    public async Task DrainAsync_EachCall_HasAScopeOfItsOwn()
    {
        await using var bench = Bench();
        await bench.SendAsync();
        await bench.SendAsync();

        await bench.Test.DrainAsync();

        Assert.Equal(2, bench.Get<Seen>().Scopes.Distinct().Count());
    }

    private static Bench Bench(Action<MessagingBuilder>? configure = null) => new(m =>
    {
        m.AddTestChannel("email").AddEventHandler<Moody>().AddEventHandler<Calm>();
        m.Services.AddSingleton<Seen>();
        m.Services.AddScoped<Scope>();
        configure?.Invoke(m);
    });

    private sealed class Seen
    {
        public ConcurrentQueue<MessageEvent> Events { get; } = new();

        public ConcurrentQueue<(string Handler, string Id, DateTimeOffset At)> Calls { get; } = new();

        public ConcurrentQueue<Scope> Scopes { get; } = new();

        public int Fail { get; set; }
    }

    private sealed class Scope;

    private sealed class Moody(Seen seen, TimeProvider time, Scope scope) : IMessageEventHandler
    {
        public Task HandleAsync(MessageEvent e, CancellationToken cancellationToken)
        {
            seen.Scopes.Enqueue(scope);
            seen.Calls.Enqueue((nameof(Moody), e.Id, time.GetUtcNow()));
            if (seen.Fail > 0)
            {
                seen.Fail--;
                throw new InvalidOperationException("The host's database is down.");
            }

            seen.Events.Enqueue(e);
            return Task.CompletedTask;
        }
    }

    private sealed class Calm(Seen seen, TimeProvider time) : IMessageEventHandler
    {
        public Task HandleAsync(MessageEvent e, CancellationToken cancellationToken)
        {
            seen.Calls.Enqueue((nameof(Calm), e.Id, time.GetUtcNow()));
            return Task.CompletedTask;
        }
    }
}
