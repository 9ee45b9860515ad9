using System.Diagnostics;

namespace Messaging.Crash.Counting;

/// <summary>What was promised and what arrived, by number. Safe for concurrent use.</summary>
public sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _promised = [];
    private readonly Dictionary<int, List<Arrival>> _arrived = [];
    private readonly Dictionary<int, long> _killed = [];

    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _awaited = [];

    /// <summary>Gets how many numbers were acknowledged.</summary>
    public int Promised => Read(() => _promised.Count);

    /// <summary>Gets how many numbers arrived.</summary>
    public int Arrived => Read(() => _arrived.Count);

    /// <summary>Gets how many arrived more than once, each copy beyond the first counted.</summary>
    public int Duplicated => Read(() => _arrived.Values.Sum(copies => copies.Count - 1));

    /// <summary>Gets the numbers that were promised and have not arrived.</summary>
    public IReadOnlyList<int> Lost => Read(() => _promised.Where(number => !_arrived.ContainsKey(number)).Order().ToArray());

    /// <summary>Gets the longest time between the first copy of what came twice and the death of the process that sent it.</summary>
    public TimeSpan LongestUnsettled => Read(() => _arrived.Values.Where(copies => copies.Count > 1).Select(Unsettled).DefaultIfEmpty().Max());

    /// <summary>Gets the longest time between one mail and the next.</summary>
    public TimeSpan LongestGap => Read(() =>
    {
        var at = _arrived.Values.SelectMany(copies => copies, (_, copy) => copy.At).Order().ToArray();
        return at.Zip(at.Skip(1), Stopwatch.GetElapsedTime).DefaultIfEmpty().Max();
    });

    /// <summary>Notes that a number was acknowledged.</summary>
    public void Promise(int number) => Read(() =>
    {
        _promised.Add(number);
        return Tell();
    });

    /// <summary>Notes a mail.</summary>
    public void Arrive(int number, Arrival arrival) => Read(() =>
    {
        if (!_arrived.TryGetValue(number, out var copies))
        {
            _arrived[number] = copies = new List<Arrival>(1);
        }

        copies.Add(arrival);
        return Tell();
    });

    /// <summary>Returns every copy of every number, as of now.</summary>
    public IReadOnlyDictionary<int, Arrival[]> Copies() => Read(() => _arrived.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()));

    /// <summary>Completes when so many numbers were acknowledged.</summary>
    public Task PromisedAsync(int count) => UntilAsync(() => _promised.Count >= count);

    /// <summary>Completes when so many numbers have arrived.</summary>
    public Task ArrivedAsync(int count) => UntilAsync(() => _arrived.Count >= count);

    /// <summary>Completes when everything that was acknowledged by then has arrived.</summary>
    public Task NothingMissingAsync() => UntilAsync(() => _promised.All(_arrived.ContainsKey));

    /// <summary>Notes that a life ended by force.</summary>
    public void Kill(int life) => Read(() => _killed[life] = Stopwatch.GetTimestamp());

    /// <summary>Returns the highest numbers of a range that were promised, and as many beyond: what a caller would ask for again.</summary>
    public IReadOnlyList<int> Edge(int first, int count, int width) => Read<IReadOnlyList<int>>(() =>
    {
        var promised = Enumerable.Range(first, count).Where(_promised.Contains).ToArray();
        return [.. promised.TakeLast(width), .. Enumerable.Range(first, count).Except(promised).Take(width)];
    });

    /// <summary>Says what is wrong with the copies of what came more than once; <see langword="null"/> when only a death explains each.</summary>
    public string? Wrong => Read(() => _arrived.Where(pair => pair.Value.Count > 1).Select(pair => WrongWith(pair.Key, pair.Value)).FirstOrDefault(wrong => wrong is not null));

    private string? WrongWith(int number, List<Arrival> copies) =>
        copies.Select(copy => copy.MessageId).Distinct(StringComparer.Ordinal).Count() > 1 ? $"{number} came under more than one Message-ID"
        : copies.GroupBy(copy => copy.Life).Any(life => life.Count() > 1) ? $"{number} came twice within one life of the process"
        : copies.SkipLast(1).Any(copy => !_killed.ContainsKey(copy.Life)) ? $"{number} came again though the process that sent it first was not killed"
        : null;

    private TimeSpan Unsettled(List<Arrival> copies) =>
        copies.Where(copy => _killed.ContainsKey(copy.Life)).Select(copy => Stopwatch.GetElapsedTime(copy.At, _killed[copy.Life])).DefaultIfEmpty().Max();

    private Task UntilAsync(Func<bool> condition) => Read(() =>
    {
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited.Add((condition, met));
        Tell();
        return met.Task;
    });

    private bool Tell() => _awaited.RemoveAll(awaited => awaited.Condition() && awaited.Met.TrySetResult()) > 0;

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
