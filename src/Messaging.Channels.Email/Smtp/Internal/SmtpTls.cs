using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Messaging.Channels.Email;

/// <summary>Encrypts a connection and checks who is at the other end.</summary>
internal sealed class SmtpTls(SmtpOptions options)
{
    /// <exception cref="SmtpDialogueException">The handshake failed, or the certificate is not trusted.</exception>
    public async ValueTask EncryptAsync(SmtpWire wire)
    {
        if (wire.HasInput)
        {
            // Whoever put it there did so in clear text, and it would be taken for the server's words inside TLS.
            throw new SmtpDialogueException(new MailFailure(
                MailFailureKind.Tls, "Octets arrived in clear text after the reply to STARTTLS: somebody may be tampering with the connection."));
        }

        var errors = SslPolicyErrors.None;
        var ssl = new SslStream(wire.Stream, leaveInnerStreamOpen: false);
        try
        {
            wire.Arm(options.ConnectTimeout);
            await ssl.AuthenticateAsClientAsync(Describe(found => errors = found), wire.Token).ConfigureAwait(false);
            wire.Upgrade(ssl);
        }
        catch (Exception e)
        {
            await ssl.DisposeAsync().ConfigureAwait(false);
            throw new SmtpDialogueException(Explain(e, errors), e);
        }
    }

    private SslClientAuthenticationOptions Describe(Action<SslPolicyErrors> found) => new()
    {
        TargetHost = options.Host,
        ClientCertificates = options.ClientCertificates,
        CertificateRevocationCheckMode = RevocationMode,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
        {
            found(errors);
            return options.CertificateValidation?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None;
        },
    };

    private X509RevocationMode RevocationMode => options.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck;

    private X509ChainPolicy? ChainPolicy()
    {
        if (options.TrustedRoots is not { Count: > 0 } roots)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = RevocationMode };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }

    private MailFailure Explain(Exception e, SslPolicyErrors errors) => e switch
    {
        OperationCanceledException => SmtpFailures.TimedOut("the TLS handshake", options.ConnectTimeout),
        AuthenticationException when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => new(
            MailFailureKind.Certificate, "The server's certificate is for another name. Set SmtpOptions.Host to a name in the certificate."),
        AuthenticationException when errors != SslPolicyErrors.None => new(
            MailFailureKind.Certificate,
            "The server's certificate is not trusted: expired, or not issued by a known authority. For a private authority set SmtpOptions.TrustedRoots."),
        AuthenticationException when options.CertificateValidation is not null => new(
            MailFailureKind.Certificate, "SmtpOptions.CertificateValidation refused the server's certificate."),
        _ => new(MailFailureKind.Tls, $"The TLS handshake failed ({e.GetType().Name}). Does the port speak TLS from the start (smtps://) or after STARTTLS?"),
    };
}
