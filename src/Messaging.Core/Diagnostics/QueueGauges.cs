using System.Diagnostics.Metrics;
using Messaging.Storage;

namespace Messaging.Diagnostics;

/// <summary>Shows how much work there is. A store that answers later shows what it answered last.</summary>
internal sealed class QueueGauges
{
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;
    private QueueDepth _last = new(0, 0, 0, 0, null, null);
    private Task? _asking;

    public QueueGauges(Meter meter, IWorkQueue queue, TimeProvider time)
    {
        (_queue, _time) = (queue, time);
        meter.CreateObservableGauge("messaging.queue.size", Sizes, "{item}", "Work in the queue, by state.");
        meter.CreateObservableGauge("messaging.queue.oldest_ready", Age, "s", "How long the oldest ready work has been ready.");
    }

    private IEnumerable<Measurement<long>> Sizes()
    {
        var depth = Measure();
        yield return new(depth.Ready, new KeyValuePair<string, object?>("state", "ready"));
        yield return new(depth.Leased, new KeyValuePair<string, object?>("state", "leased"));
        yield return new(depth.Waiting, new KeyValuePair<string, object?>("state", "waiting"));
        yield return new(depth.Parked, new KeyValuePair<string, object?>("state", "parked"));
    }

    private double Age() => Measure().OldestReady is { } oldest ? Math.Max(0, (_time.GetUtcNow() - oldest).TotalSeconds) : 0;

    /// <summary>Instruments ask synchronously, and blocking on a database is not an answer.</summary>
    private QueueDepth Measure()
    {
        if (_asking is null or { IsCompleted: true })
        {
            _asking = AskAsync();
        }

        return Volatile.Read(ref _last);
    }

    private async Task AskAsync()
    {
        try
        {
            Volatile.Write(ref _last, await _queue.MeasureAsync(CancellationToken.None).ConfigureAwait(false));
        }
        catch (Exception)
        {
            // A store that is down is seen elsewhere; the gauge stays where it was.
        }
    }
}
