using System.Diagnostics.Metrics;

namespace Messaging.Benchmarks.Measuring;

/// <summary>What a journal's flushes took in the same run: how much of a figure is the disk's.</summary>
internal sealed class Flushes : IDisposable
{
    private readonly List<double> _milliseconds = [];
    private readonly MeterListener _listener = new();

    public Flushes()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "messaging.journal.flush.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
        {
            lock (_milliseconds)
            {
                _milliseconds.Add(seconds * 1_000);
            }
        });
        _listener.Start();
    }

    /// <summary>Stops listening.</summary>
    /// <returns>All flushes since the start; of other stores none.</returns>
    public Percentiles Measure()
    {
        _listener.Dispose();
        return Percentiles.Of(_milliseconds);
    }

    public void Dispose() => _listener.Dispose();
}
