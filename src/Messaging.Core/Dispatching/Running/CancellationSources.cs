using System.Collections.Concurrent;

namespace Messaging.Dispatching;

/// <summary>Lends cancellation sources, so that a call costs none of its own.</summary>
internal sealed class CancellationSources : IDisposable
{
    private const int Most = 1_024;
    private readonly ConcurrentQueue<CancellationTokenSource> _free = new();

    public CancellationTokenSource Rent() => _free.TryDequeue(out var source) ? source : new CancellationTokenSource();

    /// <summary>Takes a source back. One that was cancelled is of no further use.</summary>
    public void Return(CancellationTokenSource source)
    {
        if (_free.Count < Most && source.TryReset())
        {
            _free.Enqueue(source);
        }
        else
        {
            source.Dispose();
        }
    }

    public void Dispose()
    {
        while (_free.TryDequeue(out var source))
        {
            source.Dispose();
        }
    }
}
