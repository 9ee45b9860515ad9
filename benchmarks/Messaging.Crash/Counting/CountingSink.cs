using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Messaging.Crash.Counting;

/// <summary>A mail server in this process, outside of the one that is killed: takes every mail and notes number and Message-ID before it answers.</summary>
public sealed class CountingSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Ledger _ledger;
    private readonly Task _accepting;
    private int _life;
    private long _lastAt = Stopwatch.GetTimestamp();

    /// <summary>Starts it.</summary>
    public CountingSink(Ledger ledger)
    {
        _ledger = ledger;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Gets or sets which life of the sender makes the connections from now on.</summary>
    public int Life
    {
        get => Volatile.Read(ref _life);
        set => Volatile.Write(ref _life, value);
    }

    /// <summary>Gets how long nothing has come.</summary>
    public TimeSpan Quiet => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastAt));

    /// <summary>Gets or sets what is awaited between noting a mail and answering it.</summary>
    public Func<int, Task> BeforeAnswer { get; set; } = _ => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    internal Task NoteAsync(int number, int life, string messageId)
    {
        var now = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _lastAt, now);
        _ledger.Arrive(number, new Arrival(life, messageId, now));
        return BeforeAnswer(number);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = new SinkDialogue(this, client, Life).RunAsync(_stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
