using Messaging.Crash;
using Messaging.Crash.Child;
using Messaging.Crash.Counting;
using Messaging.Crash.Killing;
using Messaging.TestServers;

namespace Messaging.Reliability;

/// <summary>Processes that share one PostgreSQL, each with callers of its own.</summary>
/// <remarks>Leases hold for a minute here, longer than a test: what a stopping process claimed and did not begin must be handed back, or it would not come in time.</remarks>
internal sealed class Fleet : IAsyncDisposable
{
    /// <summary>What waits for whom: a state of 2 is a lease, which a process that stopped should have handed back.</summary>
    private const string Left =
        "SELECT string_agg(format('%s in state %s, stands %s', count, state, stands), '; ') FROM (SELECT count(*), state, stands FROM messaging.work GROUP BY 2, 3) work";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly PostgresServer _server;
    private readonly CountingSink _sink;
    private readonly List<SenderProcess> _nodes = [];
    private int _first;

    private Fleet(PostgresServer server) =>
        (_server, _sink, Store) = (server, new CountingSink(Ledger), new StoreChoice("postgres", server.ConnectionString()));

    public Ledger Ledger { get; } = new();

    public StoreChoice Store { get; }

    public static async Task<Fleet> AssembleAsync() => new(await PostgresServer.StartAsync());

    /// <summary>Starts a process and waits until it is ready.</summary>
    public async Task<SenderProcess> StartAsync(int versionsAhead = 0)
    {
        var node = Launch(options => options with { VersionsAhead = versionsAhead });
        await node.Ready.WaitAsync(s_limit);
        return node;
    }

    /// <summary>Starts a process that does not come up.</summary>
    /// <returns>What it said of it.</returns>
    public async Task<string> FailToStartAsync()
    {
        var node = Launch(options => options);
        Assert.NotEqual(0, await node.EndAsync().WaitAsync(s_limit));
        return await node.ErrorsAsync();
    }

    /// <summary>Lets so much traffic pass that everything that is up has its share.</summary>
    public async Task TrafficAsync()
    {
        await Ledger.PromisedAsync(Ledger.Promised + 150).WaitAsync(s_limit);
        await Ledger.ArrivedAsync(Ledger.Arrived + 150).WaitAsync(s_limit);
    }

    /// <summary>Stops a process as an orchestrator does, and sees that it ended in peace: an error of a caller would have ended it otherwise.</summary>
    public static async Task StopAsync(SenderProcess node)
    {
        Assert.True(await node.TerminateAsync().WaitAsync(s_limit) == 0, $"{node.Said} {await node.ErrorsAsync()}");
        Assert.True(node.Said.Trim() == "ready", node.Said);
    }

    /// <summary>Stops the last process, and lets one without callers send what that handed back. It has less time than a lease.</summary>
    public async Task EndAsync(SenderProcess last, int versionsAhead = 0)
    {
        await StopAsync(last);
        var finisher = Launch(options => options with { Count = 0, Drain = true, VersionsAhead = versionsAhead });
        try
        {
            Assert.Equal(0, await finisher.EndAsync().WaitAsync(s_limit * 0.75));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It is not done. It said: {finisher.Said} This is left: {await _server.ExecuteAsync(Left)}");
        }

        Assert.Contains($"drained {Ledger.Promised} {Ledger.Promised}", finisher.Said, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        await _sink.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Starts a process, unless it is told otherwise with four callers who send for as long as it lives, together about two hundred a second.</summary>
    private SenderProcess Launch(Func<SenderOptions, SenderOptions> change)
    {
        var options = new SenderOptions
        {
            Store = Store,
            Port = _sink.Port,
            First = Interlocked.Add(ref _first, 100_000),
            Count = 100_000,
            Callers = 4,
            Pause = TimeSpan.FromMilliseconds(20),
            LeaseFor = TimeSpan.FromMinutes(1),
        };
        var node = SenderProcess.Start(change(options), Ledger);
        _nodes.Add(node);
        return node;
    }
}
