using System.Diagnostics.Metrics;

namespace Messaging.Storage.Journal.Diagnostics;

/// <summary>What the journal tells of its disk, through the suite's meter. Costs next to nothing while nobody listens.</summary>
/// <remarks>Goes by the machine's own clock, as the disk does.</remarks>
internal sealed class JournalTelemetry(IMeterFactory? meters)
{
    private readonly Histogram<double> _flushes = (meters?.Create("Messaging") ?? new Meter("Messaging")).CreateHistogram<double>(
        "messaging.journal.flush.duration", "s", "How long the disk takes to make commits durable.");

    /// <summary>Gets the moment, for <see cref="Flushed"/>.</summary>
    public static long Now => TimeProvider.System.GetTimestamp();

    /// <summary>Notes a flush.</summary>
    /// <param name="began">When it began, by <see cref="Now"/>.</param>
    public void Flushed(long began)
    {
        if (_flushes.Enabled)
        {
            _flushes.Record(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        }
    }
}
