using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>Takes a body that is too large to be kept, hashes it and lets it go.</summary>
internal sealed class DkimHashingWriter(DkimBodyHash hash) : PipeWriter, IDisposable
{
    private readonly PooledBuffer _buffer = new(64 * 1024);

    public override void Advance(int bytes) => _buffer.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        hash.Append(_buffer.Span);
        _buffer.Clear();
        return ValueTask.FromResult(new FlushResult(isCanceled: false, isCompleted: false));
    }

    public override void CancelPendingFlush()
    {
        // A flush is over when it returns.
    }

    public override void Complete(Exception? exception = null) => Dispose();

    public void Dispose() => _buffer.Dispose();
}
