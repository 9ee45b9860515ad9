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
