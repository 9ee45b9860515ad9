using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Messaging.Channels.Email;

/// <summary>
/// One connection's octets: commands are gathered in <see cref="Output"/> and leave in one write; replies are read with a
/// deadline. Used by one task at a time; only <see cref="Abort"/> may come from elsewhere.
/// </summary>
internal sealed class SmtpWire : IAsyncDisposable
{
    // A reply line has at most 512 octets (RFC 5321 §4.5.3.1.5); be generous, but not endlessly so.
    private const int MaxLine = 8 * 1024;

    private readonly CancellationTokenSource _deadline;
    private readonly SmtpReplyParser _parser = new();
    private readonly Socket? _socket;
    private readonly ISmtpProtocolLog? _log;
    private byte[] _input = ArrayPool<byte>.Shared.Rent(MaxLine);
    private Stream _stream;
    private int _start;
    private int _end;
    private volatile bool _aborted;
    private volatile bool _disposed;

    public SmtpWire(Stream stream, Socket? socket, TimeProvider time, ISmtpProtocolLog? log = null)
    {
        _stream = stream;
        _socket = socket;
        _log = log;
        _deadline = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
    }

    /// <summary>Gets what the next <see cref="FlushAsync"/> sends.</summary>
    public SmtpBuffer Output { get; } = new(16 * 1024);

    public SmtpReplyParser Parser => _parser;

    /// <summary>Gets whether octets are here that nobody has asked for yet.</summary>
    public bool HasInput => _end > _start;

    /// <summary>Gets what is signalled at the deadline, and by <see cref="Abort"/>.</summary>
    public CancellationToken Token => _deadline.Token;

    public bool IsEncrypted => _stream is System.Net.Security.SslStream;

    /// <summary>Fails whatever is under way, and everything after it.</summary>
    public void Abort()
    {
        _aborted = true;
        try
        {
            _ = _deadline.CancelAsync(); // the caller may hold a lock that the continuations need
        }
        catch (ObjectDisposedException)
        {
            // Closed in the meantime, which is what we want.
        }
    }

    /// <summary>Starts a deadline for what follows; the next one replaces it.</summary>
    public void Arm(TimeSpan timeout)
    {
        if (!_disposed)
        {
            _deadline.CancelAfter(timeout);
        }
    }

    public void Disarm() => _deadline.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>Fails when nothing more can be sent or read here: after <see cref="Abort"/>, or when a deadline has passed.</summary>
    public void ThrowIfOver()
    {
        if (_deadline.IsCancellationRequested)
        {
            throw new SmtpDialogueException(SmtpFailures.Lost("sending"));
        }
    }

    /// <summary>Whether an idle connection was closed, or spoken on, by the server.</summary>
    public bool WentAway()
    {
        try
        {
            return HasInput || _deadline.IsCancellationRequested || _socket is { } socket && socket.Poll(0, SelectMode.SelectRead);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Sends <see cref="Output"/> in one write.</summary>
    /// <exception cref="SmtpDialogueException">It could not be sent, or not in time.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask FlushAsync(TimeSpan timeout)
    {
        try
        {
            Arm(timeout);
            await _stream.WriteAsync(Output.Memory, _deadline.Token).ConfigureAwait(false);
            Output.Clear();
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw Failed(e, "sending", timeout, await ReadLastWordsAsync().ConfigureAwait(false));
        }
    }

    /// <summary>Reads one reply.</summary>
    /// <param name="keepText">Whether a positive reply's text is of interest; a negative one's always is.</param>
    /// <param name="timeout">The time allowed.</param>
    /// <param name="waitingFor">The command it answers, for the error text.</param>
    /// <exception cref="SmtpDialogueException">There is no reply, or not in time, or it is none.</exception>
    public ValueTask<SmtpReply> ReadReplyAsync(bool keepText, TimeSpan timeout, string waitingFor) =>
        TryParse(keepText) is { } reply ? new(reply) : ReceiveReplyAsync(keepText, timeout, waitingFor);

    /// <summary>Replaces the stream by an encrypted one over it.</summary>
    public void Upgrade(Stream encrypted) => _stream = encrypted;

    public Stream Stream => _stream;

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        try
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsBroken(e))
        {
            // A close_notify that cannot be sent harms nobody.
        }

        _socket?.Dispose();
        _deadline.Dispose();
        Output.Dispose();
        ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _input, []));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SmtpReply> ReceiveReplyAsync(bool keepText, TimeSpan timeout, string waitingFor)
    {
        try
        {
            Arm(timeout);
            while (true)
            {
                await FillAsync().ConfigureAwait(false);
                if (TryParse(keepText) is { } reply)
                {
                    return reply;
                }
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw Failed(e, waitingFor, timeout, null);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync()
    {
        MakeRoom();
        var read = await _stream.ReadAsync(_input.AsMemory(_end), _deadline.Token).ConfigureAwait(false);
        if (read == 0)
        {
            throw new EndOfStreamException();
        }

        _end += read;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _input.Length)
        {
            if (_start == 0)
            {
                throw SmtpDialogueException.Protocol($"a reply line is longer than {_input.Length} octets.");
            }

            _input.AsSpan(_start, _end - _start).CopyTo(_input);
            (_start, _end) = (0, _end - _start);
        }
    }

    private SmtpReply? TryParse(bool keepText)
    {
        while (true)
        {
            var available = _input.AsSpan(_start, _end - _start);
            var newLine = available.IndexOf((byte)'\n');
            if (newLine < 0)
            {
                return null;
            }

            _start += newLine + 1;
            var line = available[..newLine].TrimEnd((byte)'\r');
            _log?.Server(line);
            if (_parser.Add(line, keepText) is { } reply)
            {
                return reply;
            }
        }
    }

    // Servers that throw us out say why before they close; the write fails, but the words may have arrived.
    private async ValueTask<SmtpReply?> ReadLastWordsAsync()
    {
        try
        {
            while (!_deadline.IsCancellationRequested && _socket is { } socket && (HasInput || socket.Poll(0, SelectMode.SelectRead)))
            {
                if (TryParse(keepText: true) is { IsPositive: false } reply)
                {
                    return reply;
                }

                await FillAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nothing to hear; the failed write stays the story.
        }

        return null;
    }

    // Sockets and TLS streams have many ways to say that it is over.
    private static bool IsBroken(Exception e) => e is not (SmtpDialogueException or OutOfMemoryException);

    private SmtpDialogueException Failed(Exception e, string at, TimeSpan timeout, SmtpReply? lastWords) => e switch
    {
        OperationCanceledException when !_aborted => new(SmtpFailures.TimedOut(at, timeout), e),
        _ => new(SmtpFailures.Lost(at) with { Reply = lastWords }, e),
    };
}
