namespace Messaging.Channels.Email;

/// <summary>How a connection to a mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>Clear text (<c>smtp://</c> without a user name). Credentials are refused unless explicitly allowed.</summary>
    None,

    /// <summary>
    /// STARTTLS when the server offers it, else clear text (<c>smtp://…?tls=auto</c>). An attacker in the middle can hide the offer, so
    /// credentials are still sent only inside TLS, and a certificate that is not trusted fails the connection.
    /// </summary>
    StartTlsWhenOffered,

    /// <summary>STARTTLS, or no connection (<c>smtp+starttls://</c>, and <c>smtp://</c> with a user name).</summary>
    StartTls,

    /// <summary>TLS from the first octet (<c>smtps://</c>, RFC 8314).</summary>
    Tls,
}
