using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Messaging.TestServers;

/// <summary>One client's connection to a <see cref="ScriptedServer"/>, read and written octet by octet as the script says.</summary>
public sealed class ScriptedConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Stream _stream;
    private int _start;
    private int _end;

    internal ScriptedConnection(TcpClient client, int number)
    {
        (_client, Number) = (client, number);
        client.NoDelay = true;
        _stream = client.GetStream();
    }

    /// <summary>Gets the connection's number, counted from 1.</summary>
    public int Number { get; }

    /// <summary>Gets how many octets were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Gets how many reads the client's octets took; a group in one write takes one.</summary>
    public int Reads { get; private set; }

    /// <summary>Gets or sets after how many sent octets the connection is closed, whatever was to be said.</summary>
    public int CloseAfter { get; set; } = int.MaxValue;

    /// <summary>Gets or sets after how many received octets the connection is closed.</summary>
    public int CloseAfterReceived { get; set; } = int.MaxValue;

    /// <summary>Gets how many octets were received.</summary>
    public int Received { get; private set; }

    /// <summary>Sends text as UTF-8, as is.</summary>
    public async Task SendAsync(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var allowed = Math.Min(octets.Length, CloseAfter - Sent);
        await _stream.WriteAsync(octets.AsMemory(0, allowed));
        Sent += allowed;
        if (allowed < octets.Length)
        {
            Dispose();
            throw new EndOfStreamException();
        }
    }

    /// <summary>Reads a line without its CRLF.</summary>
    /// <exception cref="EndOfStreamException">The client has closed.</exception>
    public async Task<string> ReadLineAsync()
    {
        var line = new List<byte>();
        while (true)
        {
            var octet = await ReadOctetAsync();
            if (octet == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(octet);
        }
    }

    /// <summary>Reads a number of octets.</summary>
    public async Task<byte[]> ReadAsync(int count)
    {
        var octets = new byte[count];
        for (var i = 0; i < count; i++)
        {
            octets[i] = await ReadOctetAsync();
        }

        return octets;
    }

    /// <summary>Reads up to and including CRLF.CRLF, dots still doubled; an empty mail is the dot alone.</summary>
    public async Task<byte[]> ReadContentAsync()
    {
        var content = new List<byte>("\r\n"u8.ToArray());
        while (content.Count < 5 || !content.TakeLast(5).SequenceEqual("\r\n.\r\n"u8.ToArray()))
        {
            content.Add(await ReadOctetAsync());
        }

        return [.. content.Skip(2)];
    }

    /// <summary>Waits until the client closes.</summary>
    public async Task ReadToEndAsync()
    {
        try
        {
            while (true)
            {
                await ReadOctetAsync();
            }
        }
        catch (EndOfStreamException)
        {
        }
    }

    /// <summary>Takes part in a TLS handshake.</summary>
    public async Task StartTlsAsync(TestCertificate certificate)
    {
        var ssl = new SslStream(_stream);
        await ssl.AuthenticateAsServerAsync(certificate.Certificate);
        _stream = ssl;
    }

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        _client.Client.LingerState = new LingerOption(true, 0);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async ValueTask<byte> ReadOctetAsync()
    {
        if (Received == CloseAfterReceived)
        {
            Dispose();
            throw new EndOfStreamException();
        }

        if (_start == _end)
        {
            (_start, _end) = (0, await FillAsync());
            Reads++;
        }

        Received++;
        return _buffer[_start++];
    }

    private async Task<int> FillAsync()
    {
        try
        {
            var read = await _stream.ReadAsync(_buffer);
            return read > 0 ? read : throw new EndOfStreamException();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new EndOfStreamException(e.Message, e);
        }
    }
}
