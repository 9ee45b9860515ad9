namespace Messaging.Sending;

/// <summary>Reads a stream in chunks. A stream that pauses does not hold back what it has given: after a moment the chunk goes as it is.</summary>
internal sealed class BulkReader(IAsyncEnumerator<BulkItem> items, int size, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long an item waits for company.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    private Task<bool>? _pending;
    private bool _ended;

    /// <summary>Fills the list with the next items; leaves it empty at the end.</summary>
    public async ValueTask ReadAsync(List<BulkItem> chunk, CancellationToken cancellationToken)
    {
        chunk.Clear();
        Task? linger = null;
        while (chunk.Count < size && !_ended)
        {
            var more = _pending is null ? items.MoveNextAsync() : new ValueTask<bool>(_pending);
            if (!more.IsCompleted)
            {
                _pending ??= more.AsTask();
                linger ??= chunk.Count == 0 ? null : Task.Delay(Linger, time, cancellationToken);
                if (linger is not null && await Task.WhenAny(_pending, linger).ConfigureAwait(false) != _pending)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return;
                }

                more = new(_pending);
            }

            _ended = !await more.ConfigureAwait(false);
            _pending = null;
            if (!_ended)
            {
                chunk.Add(items.Current);
            }
        }
    }

    /// <summary>Ends the stream. One that is busy, and does not heed cancellation, is ended when it comes to rest: nobody waits for it.</summary>
    public ValueTask DisposeAsync()
    {
        if (_pending is { IsCompleted: false } busy)
        {
            _ = EndAsync(busy);
            return ValueTask.CompletedTask;
        }

        return items.DisposeAsync();
    }

    private async Task EndAsync(Task busy)
    {
        await Task.WhenAny(busy).ConfigureAwait(false);
        await items.DisposeAsync().ConfigureAwait(false);
    }
}
