using System.Net;
using System.Net.Sockets;

namespace Messaging.Channels.Email;

/// <summary>Opens a TCP connection to whichever address of the server answers.</summary>
internal sealed class SmtpSocket(SmtpOptions options, TimeProvider time)
{
    /// <exception cref="SmtpDialogueException">No address could be had, or none answered.</exception>
    public async ValueTask<Socket> OpenAsync(CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(cancellationToken).ConfigureAwait(false);
        for (var i = 0; ; i++)
        {
            try
            {
                // One address that swallows packets must not use up the time of those after it.
                return await OpenAsync(addresses[i], options.ConnectTimeout / addresses.Length, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (i == addresses.Length - 1 || cancellationToken.IsCancellationRequested)
            {
                throw new SmtpDialogueException(Describe(e), e);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The next address may answer.
            }
        }
    }

    private async ValueTask<IPAddress[]> ResolveAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(options.Host, either.Token).ConfigureAwait(false);
            return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (Exception e)
        {
            throw new SmtpDialogueException(
                new MailFailure(MailFailureKind.NameResolution, "The server's name could not be resolved. Check SmtpOptions.Host."), e);
        }
    }

    private async ValueTask<Socket> OpenAsync(IPAddress address, TimeSpan allowed, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(allowed, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, options.EffectivePort), either.Token).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private MailFailure Describe(Exception e) => e switch
    {
        OperationCanceledException => new(
            MailFailureKind.Connect,
            FormattableString.Invariant($"No connection within {options.ConnectTimeout.TotalSeconds:0.###} s. Check SmtpOptions.Host and Port, and the firewall.")),
        SocketException { SocketErrorCode: var code } => new(
            MailFailureKind.Connect, $"The server could not be reached ({code}). Check SmtpOptions.Host and Port."),
        _ => new(MailFailureKind.Connect, $"The server could not be reached ({e.GetType().Name}). Check SmtpOptions.Host and Port."),
    };
}
