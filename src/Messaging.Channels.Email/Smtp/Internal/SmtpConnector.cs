using System.Net;
using System.Net.Sockets;

namespace Messaging.Channels.Email;

/// <summary>Opens a connection and brings it to the point where mail can be sent: TCP, TLS, greeting, EHLO, AUTH.</summary>
internal sealed class SmtpConnector(SmtpOptions options, TimeProvider time)
{
    private readonly SmtpSocket _socket = new(options, time);
    private readonly SmtpTls _tls = new(options);
    private readonly SmtpAuthenticator _authenticator = new(options);

    /// <exception cref="SmtpDialogueException">It could not be opened.</exception>
    public async ValueTask<SmtpDialogue> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = await _socket.OpenAsync(cancellationToken).ConfigureAwait(false);
        var wire = new SmtpWire(new NetworkStream(socket, ownsSocket: true), socket, time, options.ProtocolLog);
        var abort = cancellationToken.UnsafeRegister(static wire => ((SmtpWire)wire!).Abort(), wire);
        try
        {
            var server = await GreetAsync(wire, HelloName(socket)).ConfigureAwait(false);
            await _authenticator.AuthenticateAsync(wire, server).ConfigureAwait(false);
            wire.Disarm();
            return new SmtpDialogue(wire, server, options);
        }
        catch (Exception e)
        {
            await wire.DisposeAsync().ConfigureAwait(false);
            throw e as SmtpDialogueException ?? new SmtpDialogueException(SmtpFailures.Lost("connecting"), e);
        }
        finally
        {
            await abort.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<SmtpCapabilities> GreetAsync(SmtpWire wire, string helloName)
    {
        if (options.Security == SmtpSecurity.Tls)
        {
            await _tls.EncryptAsync(wire).ConfigureAwait(false);
        }

        var greeting = await wire.ReadReplyAsync(keepText: true, options.GreetingTimeout, "the greeting").ConfigureAwait(false);
        if (greeting.Code != 220)
        {
            throw new SmtpDialogueException(new MailFailure(MailFailureKind.Greeting, "The server greeted with a refusal.", greeting));
        }

        var server = await HelloAsync(wire, helloName).ConfigureAwait(false);
        return await StartTlsAsync(wire, server).ConfigureAwait(false)
            ? await HelloAsync(wire, helloName).ConfigureAwait(false) // what was said in clear text is forgotten (RFC 3207 §4.2)
            : server;
    }

    private async ValueTask<SmtpCapabilities> HelloAsync(SmtpWire wire, string helloName)
    {
        var server = new SmtpCapabilities();
        wire.Parser.Hello = server;
        wire.Parser.HasEnhancedCodes = false;
        var reply = await CommandAsync(wire, $"EHLO {helloName}").ConfigureAwait(false);
        wire.Parser.Hello = null;
        if (reply.Code is 500 or 501 or 502 or 504 or 550)
        {
            server = new SmtpCapabilities();
            reply = await CommandAsync(wire, $"HELO {helloName}").ConfigureAwait(false);
        }

        wire.Parser.HasEnhancedCodes = server.EnhancedStatusCodes;
        return reply.IsPositive
            ? server
            : throw new SmtpDialogueException(new MailFailure(
                MailFailureKind.Greeting, "The server refused our EHLO. If it wants another name, set SmtpOptions.HelloName.", reply));
    }

    private async ValueTask<bool> StartTlsAsync(SmtpWire wire, SmtpCapabilities server)
    {
        if (options.Security is SmtpSecurity.None or SmtpSecurity.Tls || (options.Security == SmtpSecurity.StartTlsWhenOffered && !server.StartTls))
        {
            return false;
        }

        var reply = server.StartTls ? await CommandAsync(wire, "STARTTLS").ConfigureAwait(false) : null;
        if (reply is not { Code: 220 })
        {
            throw new SmtpDialogueException(new MailFailure(
                MailFailureKind.Tls, "TLS is required and the server does not offer STARTTLS here. Use its TLS port (smtps://), or another server.", reply));
        }

        await _tls.EncryptAsync(wire).ConfigureAwait(false);
        return true;
    }

    private async ValueTask<SmtpReply> CommandAsync(SmtpWire wire, string command)
    {
        if (wire.HasInput)
        {
            throw SmtpDialogueException.Protocol("the server spoke out of turn.");
        }

        options.ProtocolLog?.Client(System.Text.Encoding.UTF8.GetBytes(command));
        wire.Output.Append(command);
        wire.Output.Append("\r\n"u8);
        await wire.FlushAsync(options.CommandTimeout).ConfigureAwait(false);
        return await wire.ReadReplyAsync(keepText: true, options.CommandTimeout, command[..4]).ConfigureAwait(false);
    }

    private string HelloName(Socket socket)
    {
        if (!string.IsNullOrEmpty(options.HelloName))
        {
            return options.HelloName;
        }

        var address = ((IPEndPoint)socket.LocalEndPoint!).Address;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]" : $"[{address}]";
    }
}
