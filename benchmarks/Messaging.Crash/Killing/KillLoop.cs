using System.Diagnostics;
using System.Globalization;
using Messaging.Crash.Child;
using Messaging.Crash.Counting;

namespace Messaging.Crash.Killing;

/// <summary>Starts the sender, kills it at a random moment, starts it again; in the end lets it finish, and counts.</summary>
public static class KillLoop
{
    private const int Edge = 16;

    /// <summary>Runs all rounds and the last, peaceful life.</summary>
    public static async Task<KillReport> RunAsync(KillOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ledger = new Ledger();
        var random = new Random(options.Seed);
        await using var sink = new CountingSink(ledger);
        IReadOnlyList<int> again = [];
        for (var life = 0; life < options.Rounds; life++)
        {
            sink.Life = life;
            var first = life * options.PerLife;
            await LiveAsync(options, new() { Store = options.Store, Port = sink.Port, First = first, Count = options.PerLife, Again = again }, ledger, random);
            ledger.Kill(life);
            again = ledger.Edge(first, options.PerLife, Edge);
            if (life % 10 == 9)
            {
                options.Progress(string.Create(CultureInfo.InvariantCulture, $"{life + 1} rounds, {ledger.Promised} acknowledged, {ledger.Arrived} arrived, {ledger.Duplicated} twice"));
            }
        }

        sink.Life = options.Rounds;
        var wrong = await FinishAsync(options, new() { Store = options.Store, Port = sink.Port, Again = again, Drain = true }, ledger, sink);
        return new KillReport(ledger.Promised, ledger.Arrived, ledger.Lost.Count, ledger.Duplicated, ledger.LongestUnsettled, wrong ?? ledger.Wrong);
    }

    private static async Task LiveAsync(KillOptions options, SenderOptions sender, Ledger ledger, Random random)
    {
        await using var process = SenderProcess.Start(sender, ledger);
        if (random.Next(100) < options.StillbornPercent)
        {
            // Starting is work on the store too: recovery, schema, claims of the life before.
            await Task.WhenAny(process.Ready, Task.Delay(random.Next(50, 700)));
        }
        else
        {
            await process.Ready.WaitAsync(options.Patience);
            await Task.WhenAny(ledger.PromisedAsync(ledger.Promised + 1), Task.Delay(options.Patience));
            await Task.Delay(random.Next((int)options.Longest.TotalMilliseconds));
        }

        await process.KillAsync();
    }

    private static async Task<string?> FinishAsync(KillOptions options, SenderOptions sender, Ledger ledger, CountingSink sink)
    {
        await using var process = SenderProcess.Start(sender, ledger);
        var end = process.EndAsync();
        await Task.WhenAny(process.Ready, Task.Delay(options.Patience));
        var ready = Stopwatch.GetTimestamp();
        while (!end.IsCompleted && (sink.Quiet < options.Patience || Stopwatch.GetElapsedTime(ready) < options.Patience))
        {
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromSeconds(1)));
        }

        if (!end.IsCompleted)
        {
            return $"the last life was {(process.Ready.IsCompletedSuccessfully ? "not done" : "not even ready")} within {options.Patience}; it said: {process.Said}";
        }

        var drained = string.Create(CultureInfo.InvariantCulture, $"drained {ledger.Arrived} {ledger.Arrived}");
        return await end == 0 && process.Said.Contains(drained, StringComparison.Ordinal) ? null
            : $"the last life ended with {await end}, {ledger.Arrived} numbers arrived, and it said: {process.Said} {await process.ErrorsAsync()}";
    }
}
