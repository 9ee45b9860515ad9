using System.Net;
using System.Net.Sockets;

namespace Messaging.TestServers;

/// <summary>A loopback port that was free a moment ago.</summary>
public static class FreePort
{
    /// <summary>Asks the system for a free port on 127.0.0.1.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
