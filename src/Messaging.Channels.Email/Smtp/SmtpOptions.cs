using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Messaging.Channels.Email;

/// <summary>How to reach one mail server, and how hard to use it. Read once, when the transport is created.</summary>
public sealed class SmtpOptions
{
    /// <summary>Gets or sets the server's host name or IP address; the certificate must be for this name.</summary>
    public string Host { get; set; } = "";

    /// <summary>Gets or sets the port.</summary>
    /// <value>0 to 65535; the default 0 means 465 for <see cref="SmtpSecurity.Tls"/>, 587 for <see cref="SmtpSecurity.StartTls"/> or with credentials, else 25.</value>
    public int Port { get; set; }

    /// <summary>Gets or sets how the connection is protected; the default is <see cref="SmtpSecurity.StartTls"/>.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Gets or sets the user name; null or empty means no authentication.</summary>
    public string? UserName { get; set; }

    /// <summary>Gets or sets the password that goes with <see cref="UserName"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Gets or sets the mechanism; the default chooses by what is configured and offered.</summary>
    public SmtpAuthentication Authentication { get; set; }

    /// <summary>Gets or sets where access tokens come from; setting it selects XOAUTH2.</summary>
    public ISmtpTokenProvider? TokenProvider { get; set; }

    /// <summary>Gets or sets whether credentials may travel over a connection without TLS; the default is false.</summary>
    public bool AllowClearTextCredentials { get; set; }

    /// <summary>Gets or sets the name given in EHLO: a host name that resolves, or an address literal.</summary>
    /// <value>The default null gives the connection's own IP address as a literal, such as <c>[192.0.2.7]</c> (RFC 5321 §4.1.4).</value>
    public string? HelloName { get; set; }

    /// <summary>Gets or sets the certification authorities trusted instead of the machine's; for servers with a private CA.</summary>
    public X509Certificate2Collection? TrustedRoots { get; set; }

    /// <summary>Gets or sets a check of the server's certificate that replaces the standard one.</summary>
    /// <remarks>Return true only for a certificate you can identify, such as one with a known thumbprint.</remarks>
    public RemoteCertificateValidationCallback? CertificateValidation { get; set; }

    /// <summary>Gets or sets the certificates we may identify ourselves with (mutual TLS).</summary>
    public X509CertificateCollection? ClientCertificates { get; set; }

    /// <summary>Gets or sets whether revocation of the server's certificate is checked online; the default is false.</summary>
    public bool CheckCertificateRevocation { get; set; }

    /// <summary>Gets or sets whether commands are sent in groups when the server allows it (RFC 2920); the default is true.</summary>
    public bool Pipelining { get; set; } = true;

    /// <summary>Gets or sets whether small mails are sent with BDAT when the server allows it (RFC 3030); the default is true.</summary>
    public bool Chunking { get; set; } = true;

    /// <summary>Gets or sets how many recipients one transaction may have; more are sent in further transactions at once.</summary>
    /// <value>1 to 1000; the default is 100, which every server must take (RFC 5321 §4.5.3.1.8).</value>
    public int MaxRecipientsPerTransaction { get; set; } = 100;

    /// <summary>Gets or sets how many connections may be open at the same time.</summary>
    /// <value>1 to 256; the default is 8.</value>
    public int MaxConnections { get; set; } = 8;

    /// <summary>Gets or sets how many mails one connection carries before it is replaced.</summary>
    /// <value>1 to 1,000,000; the default is 1000.</value>
    public int MaxMailsPerConnection { get; set; } = 1000;

    /// <summary>Gets or sets how old a connection may become before it is replaced.</summary>
    /// <value>1 s to 24 h; the default is 30 min.</value>
    public TimeSpan MaxConnectionAge { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets how long an unused connection is kept.</summary>
    /// <value>1 s to 1 h; the default is 30 s.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the time allowed for resolving the name, connecting and the TLS handshake, each.</summary>
    /// <value>100 ms to 5 min; the default is 30 s.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the time allowed for the server's greeting.</summary>
    /// <value>100 ms to 1 h; the default is 5 min (RFC 5321 §4.5.3.2.1).</value>
    public TimeSpan GreetingTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the time allowed for the reply to a command such as EHLO, AUTH, MAIL or RCPT.</summary>
    /// <value>100 ms to 1 h; the default is 5 min (RFC 5321 §4.5.3.2.2 and .3).</value>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets the time allowed for the reply to DATA.</summary>
    /// <value>100 ms to 1 h; the default is 2 min (RFC 5321 §4.5.3.2.4).</value>
    public TimeSpan DataTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets the time allowed for each block of content to be produced and to be taken by the server.</summary>
    /// <value>100 ms to 1 h; the default is 3 min (RFC 5321 §4.5.3.2.5).</value>
    public TimeSpan BlockTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Gets or sets the time allowed for the reply after the content.</summary>
    /// <value>100 ms to 1 h; the default is 10 min (RFC 5321 §4.5.3.2.6). Giving up early sends mail twice.</value>
    public TimeSpan CompletionTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Gets or sets how long disposal waits for mails that are queued or under way.</summary>
    /// <value>0 to 10 min; the default is 30 s.</value>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets what hears the dialogue with the server, for finding out why it refuses; the default is nobody.</summary>
    public ISmtpProtocolLog? ProtocolLog { get; set; }

    internal bool HasCredentials => TokenProvider is not null || !string.IsNullOrEmpty(UserName);

    internal int EffectivePort => (Port, Security) switch
    {
        (> 0, _) => Port,
        (_, SmtpSecurity.Tls) => 465,
        (_, SmtpSecurity.StartTls) => 587,
        _ => HasCredentials ? 587 : 25,
    };
}
