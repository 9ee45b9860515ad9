using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Messaging.Benchmarks.Hosting;

/// <summary>Passes TCP on to a server and holds every byte for half a round trip in each direction, without limiting the throughput.</summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _host;
    private readonly int _port;
    private readonly TimeSpan _oneWay;

    private DelayingProxy(string host, int port, TimeSpan roundTrip) => (_host, _port, _oneWay) = (host, port, roundTrip / 2);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static DelayingProxy Start(string host, int port, TimeSpan roundTrip)
    {
        var proxy = new DelayingProxy(host, port, roundTrip);
        proxy._listener.Start();
        _ = proxy.AcceptAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(_host, _port, _stop.Token);
                await Task.WhenAny(PassAsync(client.Client, server.Client), PassAsync(server.Client, client.Client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // One side hung up; so does the other.
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var held = Channel.CreateUnbounded<(long Due, byte[] Bytes)>();
        var writing = WriteAsync(held.Reader, to);
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
            {
                held.Writer.TryWrite((Environment.TickCount64 + (long)_oneWay.TotalMilliseconds, buffer[..read]));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }

        held.Writer.TryComplete();
        await writing;
    }

    private async Task WriteAsync(ChannelReader<(long Due, byte[] Bytes)> held, Socket to)
    {
        try
        {
            await foreach (var (due, bytes) in held.ReadAllAsync(_stop.Token))
            {
                if (due - Environment.TickCount64 is > 0 and var wait)
                {
                    await Task.Delay((int)wait, _stop.Token);
                }

                await to.SendAsync(bytes, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}
