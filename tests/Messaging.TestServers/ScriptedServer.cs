using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Messaging.TestServers;

/// <summary>A server on 127.0.0.1 that does exactly what a script says, however rude.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<ScriptedConnection, Task> _script;
    private readonly ConcurrentBag<Task> _running = [];
    private readonly ConcurrentBag<ScriptedConnection> _connections = [];
    private readonly Task _accepting;

    /// <summary>Starts it.</summary>
    /// <param name="script">What happens on one connection; its end closes the connection.</param>
    public ScriptedServer(Func<ScriptedConnection, Task> script)
    {
        _script = script;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Gets how many connections were made.</summary>
    public int Connections => _connections.Count;

    /// <summary>Gets what a script threw, other than that the client went away.</summary>
    public ConcurrentQueue<Exception> Errors { get; } = [];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_running);
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var number = 1; ; number++)
            {
                var connection = new ScriptedConnection(await _listener.AcceptTcpClientAsync(), number);
                _connections.Add(connection);
                _running.Add(RunAsync(connection));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task RunAsync(ScriptedConnection connection)
    {
        try
        {
            await Task.Yield();
            await _script(connection);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client went away, or the test ended.
        }
        catch (Exception e)
        {
            Errors.Enqueue(e);
        }
        finally
        {
            connection.Dispose();
        }
    }
}
