using Messaging.Crash;
using Messaging.Crash.Child;
using Messaging.Crash.Counting;
using Messaging.Crash.Killing;
using Messaging.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Reliability;

/// <summary>A process is stopped in the middle of its calls (SIGSTOP) for longer than its leases, and goes on when another has long taken over.</summary>
public sealed class PausedProcessTests
{
    private const int Messages = 40;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Settle_ByAProcessThatSleptPastItsLease_ChangesNothing()
    {
        await using var server = await PostgresServer.StartAsync();
        var store = new StoreChoice("postgres", server.ConnectionString());
        var ledger = new Ledger();
        await using var sink = new CountingSink(ledger);
        var answering = new TaskCompletionSource();
        sink.BeforeAnswer = _ => sink.Life > 0 ? Task.CompletedTask : answering.Task;

        await using var sleeper = SenderProcess.Start(new SenderOptions { Store = store, Port = sink.Port, Count = Messages }, ledger);
        await ledger.PromisedAsync(Messages).WaitAsync(s_limit);
        await ledger.ArrivedAsync(1).WaitAsync(s_limit);
        await sleeper.PauseAsync();

        sink.Life = 1;
        await using var other = SenderProcess.Start(new SenderOptions { Store = store, Port = sink.Port, Drain = true }, ledger);
        Assert.Equal(0, await other.EndAsync().WaitAsync(s_limit));
        var before = await DeliveriesAsync(store, sink);

        answering.SetResult();
        await sleeper.ContinueAsync();
        await Task.WhenAny(sleeper.SaysAsync("LeaseLost"), sleeper.SaysAsync("SettleStale")).WaitAsync(s_limit);
        Assert.Equal(0, await sleeper.StopAsync().WaitAsync(s_limit));

        Assert.Contains($"drained {Messages} {Messages}", other.Said, StringComparison.Ordinal);
        Assert.All(before, delivery => Assert.Equal((DeliveryStatus.Sent, 1), (delivery.Status, delivery.Attempts)));
        Assert.Equal(before, await DeliveriesAsync(store, sink));
        // A call that was under way goes on where it was stopped: no fence reaches a provider. It is the same message to it.
        Assert.NotEqual(0, ledger.Duplicated);
        Assert.All(ledger.Copies(), copies => Assert.Single(copies.Value.Select(copy => copy.MessageId).Distinct(StringComparer.Ordinal)));
        Assert.All(ledger.Copies(), copies => Assert.Equal(copies.Value.Length, copies.Value.Select(copy => copy.Life).Distinct().Count()));
    }

    /// <summary>Reads every delivery by a process that sends nothing.</summary>
    private static async Task<IReadOnlyList<DeliverySummary>> DeliveriesAsync(StoreChoice store, CountingSink sink)
    {
        using var reader = Sender.Build(store, sink.Port, _ => { }, sendOnly: true);
        var page = await reader.Services.GetRequiredService<IMessageHistory>().QueryAsync(new DeliveryQuery { Tenant = TenantId.Default, Limit = 100 });
        return page.Items;
    }
}
