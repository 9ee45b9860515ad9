using Messaging.Storage.Journal.Encoding;

namespace Messaging.Storage.Journal.Log;

/// <summary>Records that are written together, and those who wait for that.</summary>
internal sealed class LogBatch
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Entry> Entries { get; } = [];

    /// <summary>Gets or sets a value indicating whether somebody waits for the disk.</summary>
    public bool IsUrgent { get; set; }

    /// <summary>Gets what completes once the records outlive the process.</summary>
    public Task Written => _written.Task;

    /// <summary>Gets what completes once the records outlive a loss of power.</summary>
    public Task Durable => _durable.Task;

    public void SetWritten() => _written.TrySetResult();

    public void SetDurable() => _durable.TrySetResult();

    public void Fail(Exception exception)
    {
        _written.TrySetException(exception);
        _durable.TrySetException(exception);

        // Not everybody waits; an exception that nobody asks for is no news.
        _ = _written.Task.Exception;
        _ = _durable.Task.Exception;
    }

    /// <summary>A record: its header's place and its payload in a buffer, and where it goes.</summary>
    internal readonly record struct Entry(RecordBuffer Buffer, int Start, int Length, RecordType Type, long Lsn, long Segment, int Offset);
}
