using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>
/// Takes the content of one transaction at a time. A small mail stays here until it is complete, so that it can be measured and
/// leave in one write; from <see cref="Threshold"/> on, every flush sends a block.
/// </summary>
internal sealed class SmtpContentWriter(SmtpTransaction transaction, SmtpContentTransfer transfer) : PipeWriter, IDisposable
{
    public const int Threshold = 128 * 1024;

    private readonly Lock _lock = new();
    private SmtpBuffer _buffer = new(16 * 1024);
    private TaskCompletionSource? _gate;
    private int _flushedUpTo;
    private bool _heldBackCr;
    private bool _isOpen;

    public ReadOnlySpan<byte> Content => _buffer.Span;

    /// <summary>Gets or sets whether content may still write here: one that does not end when told to keeps the buffer.</summary>
    public bool IsInUse { get; set; }

    /// <summary>Gets whether a block was sent, or would have been had the server agreed.</summary>
    public bool IsStreaming { get; private set; }

    /// <summary>Gets how many octets went out in blocks.</summary>
    public long Streamed { get; private set; }

    public bool AtLineStart { get; private set; } = true;

    /// <summary>Gets what broke while the content was being streamed; the content may have swallowed the exception.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _buffer.Length - _flushedUpTo;

    public void Reset()
    {
        _buffer.Clear();
        _gate = null;
        _flushedUpTo = 0;
        Streamed = 0;
        AtLineStart = true;
        Failure = null;
        _isOpen = _heldBackCr = IsStreaming = false;
    }

    /// <summary>Lets blocks be sent: nobody else uses the connection now.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
            transfer.Progress();
            _gate?.SetResult();
        }
    }

    /// <summary>Makes what is left end in a complete line.</summary>
    public void Finish()
    {
        LineEndings.Normalize(ref _buffer, last: true);
        if (_buffer.Length > 0 ? !_buffer.Span.EndsWith("\n"u8) : !AtLineStart)
        {
            _buffer.Append("\r\n"u8);
        }
    }

    /// <summary>Takes out a block whose line endings are in order; the next begins where it ends.</summary>
    public void BlockSent()
    {
        if (_buffer.Length > 0)
        {
            AtLineStart = _buffer.Span[^1] == '\n';
        }

        Streamed += _buffer.Length;
        _buffer.Clear();
        if (_heldBackCr)
        {
            _buffer.Append("\r"u8);
            _heldBackCr = false;
        }

        _flushedUpTo = _buffer.Length;
    }

    public override void Advance(int bytes) => _buffer.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (!IsStreaming && _buffer.Length < Threshold)
        {
            _flushedUpTo = _buffer.Length;
            NoteProgress();
            return default;
        }

        return SendBlockAsync();
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

    public void Dispose()
    {
        if (!IsInUse)
        {
            _buffer.Dispose();
        }
    }

    private async ValueTask<FlushResult> SendBlockAsync()
    {
        await WaitUntilOpen().ConfigureAwait(false);
        if (Failure is not null)
        {
            return new FlushResult(isCanceled: false, isCompleted: true);
        }

        IsStreaming = true;
        _heldBackCr = LineEndings.Normalize(ref _buffer, last: false);
        try
        {
            var wanted = await transfer.SendBlockAsync(transaction).ConfigureAwait(false);
            BlockSent();
            return new FlushResult(isCanceled: false, isCompleted: !wanted);
        }
        catch (Exception e)
        {
            Failure = e;
            throw;
        }
    }

    // While it is not open, somebody else's deadline runs.
    private void NoteProgress()
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                transfer.Progress();
            }
        }
    }

    private Task WaitUntilOpen()
    {
        lock (_lock)
        {
            return _isOpen ? Task.CompletedTask : (_gate ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
