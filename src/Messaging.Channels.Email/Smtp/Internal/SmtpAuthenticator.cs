using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Logs in (RFC 4954). Credentials go to the wire and nowhere else.</summary>
internal sealed class SmtpAuthenticator(SmtpOptions options)
{
    // No mechanism we speak asks more than twice; a server that never stops asking is turned away.
    private const int MaxChallenges = 4;

    /// <exception cref="SmtpDialogueException">The server refused, or there is nothing both sides can use.</exception>
    public async ValueTask AuthenticateAsync(SmtpWire wire, SmtpCapabilities server)
    {
        if (!options.HasCredentials)
        {
            return;
        }

        if (!wire.IsEncrypted && !options.AllowClearTextCredentials)
        {
            throw Failed("The connection is not encrypted, so the credentials were not sent. Use smtps:// or smtp+starttls://, or allow it.");
        }

        switch (Choose(server))
        {
            case SmtpAuthentication.XOAuth2:
                await WithTokenAsync(wire).ConfigureAwait(false);
                break;
            case SmtpAuthentication.Plain:
                Require(await ExchangeAsync(wire, "AUTH PLAIN", Base64($"\0{options.UserName}\0{options.Password}")).ConfigureAwait(false));
                break;
            default:
                Require(await ExchangeAsync(wire, "AUTH LOGIN", null, Base64(options.UserName!), Base64(options.Password ?? "")).ConfigureAwait(false));
                break;
        }
    }

    private SmtpAuthentication Choose(SmtpCapabilities server)
    {
        var wanted = options.Authentication;
        if (wanted == SmtpAuthentication.Auto)
        {
            wanted = options.TokenProvider is not null ? SmtpAuthentication.XOAuth2
                : server.AuthPlain || !server.AuthLogin ? SmtpAuthentication.Plain
                : SmtpAuthentication.Login;
        }

        var isOffered = wanted switch
        {
            SmtpAuthentication.XOAuth2 => server.AuthXOAuth2,
            SmtpAuthentication.Plain => server.AuthPlain,
            _ => server.AuthLogin,
        };
        return isOffered ? wanted : throw Failed($"The server does not offer AUTH {wanted.ToString().ToUpperInvariant()} on this connection.");
    }

    private async ValueTask WithTokenAsync(SmtpWire wire)
    {
        var reply = await TokenAsync(wire, renew: false).ConfigureAwait(false);
        if (reply.Code == 535)
        {
            reply = await TokenAsync(wire, renew: true).ConfigureAwait(false);
        }

        Require(reply);
    }

    private async ValueTask<SmtpReply> TokenAsync(SmtpWire wire, bool renew)
    {
        wire.Arm(options.CommandTimeout);
        string token;
        try
        {
            token = await options.TokenProvider!.GetTokenAsync(options.UserName!, renew, wire.Token).AsTask().WaitAsync(wire.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw new SmtpDialogueException(
                new MailFailure(MailFailureKind.Authentication, $"The token provider gave no access token ({e.GetType().Name})."), e);
        }

        // A refusal comes as a challenge whose text explains it; an empty answer brings the reply itself.
        return await ExchangeAsync(wire, "AUTH XOAUTH2", Base64($"user={options.UserName}\u0001auth=Bearer {token}\u0001\u0001"), "").ConfigureAwait(false);
    }

    private async ValueTask<SmtpReply> ExchangeAsync(SmtpWire wire, string command, string? initial, params string[] answers)
    {
        wire.Output.Append(command);
        await SendAsync(wire, initial is null ? "" : " " + initial, command).ConfigureAwait(false);
        for (var i = 0; i < MaxChallenges; i++)
        {
            var reply = await wire.ReadReplyAsync(keepText: false, options.CommandTimeout, "AUTH").ConfigureAwait(false);
            if (reply.Code != 334)
            {
                return reply;
            }

            // A server that overlooked the initial response gets it again; one that asks for more than there is, a cancellation.
            var answer = i < answers.Length ? answers[i] : i == 0 && initial is not null ? initial : "*";
            await SendAsync(wire, answer, "").ConfigureAwait(false);
        }

        throw Failed("The server kept asking during AUTH.");
    }

    private async ValueTask SendAsync(SmtpWire wire, string secret, string command)
    {
        if (wire.HasInput)
        {
            throw SmtpDialogueException.Protocol("the server spoke out of turn.");
        }

        options.ProtocolLog?.Client(Encoding.UTF8.GetBytes(secret.Length == 0 ? command : $"{command} ***".TrimStart()));
        wire.Output.Append(secret);
        wire.Output.Append("\r\n"u8);
        await wire.FlushAsync(options.CommandTimeout).ConfigureAwait(false);
    }

    private static void Require(SmtpReply reply)
    {
        if (!reply.IsPositive)
        {
            throw new SmtpDialogueException(new MailFailure(
                MailFailureKind.Authentication, "The server refused the credentials. Check SmtpOptions.UserName and Password, or the token.", reply));
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static SmtpDialogueException Failed(string why) => new(new MailFailure(MailFailureKind.Authentication, why));
}
