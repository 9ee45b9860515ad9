namespace Messaging.Channels;

/// <summary>The keys under which the suite protects stored channel credentials, unless the host registers an <see cref="ICredentialProtector"/> of its own.</summary>
public sealed class CredentialProtectionOptions
{
    /// <summary>Gets the keys by their names: 32 random bytes each, in Base64 (<c>openssl rand -base64 32</c>). Keep an old key for as long as credentials under it are stored.</summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the name of the key that protects from now on; letters, digits, <c>-</c> and <c>_</c>.</summary>
    /// <value>The default is <see langword="null"/>: the only key, when there is one.</value>
    public string? CurrentKey { get; set; }
}
