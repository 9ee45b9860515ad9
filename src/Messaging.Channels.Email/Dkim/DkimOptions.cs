namespace Messaging.Channels.Email;

/// <summary>How mails are signed (DKIM, RFC 6376): rsa-sha256, relaxed/relaxed, no length limit.</summary>
/// <remarks>ed25519-sha256 (RFC 8463) is left out: .NET 10 has no Ed25519, and every receiver that knows it takes RSA too.</remarks>
public sealed class DkimOptions
{
    /// <summary>Gets or sets the signing domain (<c>d=</c>): the sender's domain, or one above it, so that DMARC counts it.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Gets or sets the selector (<c>s=</c>): the public key is the TXT record <c>selector._domainkey.domain</c>.</summary>
    public string Selector { get; set; } = "";

    /// <summary>Gets or sets the RSA private key as PEM (PKCS#8 or PKCS#1, not encrypted), or the base64 within it; 1024 to 8192 bits, 2048 is usual.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>Gets or sets the file that holds the key, when <see cref="PrivateKey"/> does not.</summary>
    public string? PrivateKeyPath { get; set; }

    /// <summary>Gets or sets the names of the fields to sign where they are present; From is always signed.</summary>
    /// <value>The default <see langword="null"/> means all that RFC 6376 §5.4.1 asks for, with those for unsubscribing.</value>
    /// <remarks>From, To, Subject and Date are signed once more than they are present, so that nobody can add another.</remarks>
    public IList<string>? Headers { get; set; }
}
