using System.Diagnostics;

namespace Messaging.Benchmarks.Measuring;

/// <summary>When each of n numbered messages was sent and arrived. Written by many threads, each at its own place.</summary>
internal sealed class Latencies(int n)
{
    private readonly long[] _started = new long[n];
    private readonly long[] _arrived = new long[n];

    public void Start(int i) => _started[i] = Stopwatch.GetTimestamp();

    /// <summary>For open-loop arrivals: the moment at which it should have been sent, whether or not it was.</summary>
    public void StartAt(int i, long timestamp) => _started[i] = timestamp;

    public void Arrive(int i) => _arrived[i] = Stopwatch.GetTimestamp();

    /// <summary>Measures from when calls were made, not from when they were due.</summary>
    /// <param name="lateness">How late they were made.</param>
    public Percentiles MeasureFromCall(Latencies lateness)
    {
        var fromCall = new Latencies(n);
        for (var i = 0; i < n; i++)
        {
            (fromCall._started[i], fromCall._arrived[i]) = (lateness._arrived[i], _arrived[i]);
        }

        return fromCall.Measure();
    }

    public Percentiles Measure(int from = 0)
    {
        var milliseconds = new List<double>(n);
        for (var i = from; i < n; i++)
        {
            if (_started[i] != 0 && _arrived[i] != 0)
            {
                milliseconds.Add(Stopwatch.GetElapsedTime(_started[i], _arrived[i]).TotalMilliseconds);
            }
        }

        return Percentiles.Of(milliseconds);
    }
}
