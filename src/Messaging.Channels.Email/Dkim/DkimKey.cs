using System.Security.Cryptography;

namespace Messaging.Channels.Email;

/// <summary>Reads and checks what DKIM options say. No text here repeats a key.</summary>
internal static class DkimKey
{
    private const int MinBits = 1024; // RFC 8301 §3.2
    private const int MaxBits = 8192;

    public static string DomainOf(DkimOptions options) => MailDomain.Normalize(options.Domain, out var domain) is null ? domain : options.Domain;

    public static RSA Read(DkimOptions options)
    {
        var rsa = RSA.Create();
        try
        {
            Import(rsa, options.PrivateKey ?? File.ReadAllText(options.PrivateKeyPath!));
            return rsa;
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    // Environment variables and connection strings have no line ends: the PEM comes with \n in two characters, or as bare base64.
    private static void Import(RSA rsa, string key)
    {
        if (key.Contains("-----", StringComparison.Ordinal))
        {
            rsa.ImportFromPem(key.Replace("\\n", "\n", StringComparison.Ordinal));
            return;
        }

        var der = Convert.FromBase64String(key);
        try
        {
            rsa.ImportPkcs8PrivateKey(der, out _);
        }
        catch (CryptographicException)
        {
            rsa.ImportRSAPrivateKey(der, out _);
        }
    }

    /// <summary>Says everything that is wrong with options.</summary>
    public static IEnumerable<string> Problems(DkimOptions options)
    {
        if (MailDomain.Normalize(options.Domain, out _) is { } domain)
        {
            yield return $"Dkim.Domain cannot be used: {domain}. Write the domain that signs, such as example.com.";
        }

        if (MailDomain.Normalize(options.Selector, out _) is not null)
        {
            yield return "Dkim.Selector cannot be used. Write the name under which the public key stands in DNS, such as mail2026 for mail2026._domainkey.";
        }

        foreach (var name in options.Headers ?? [])
        {
            if (!HeaderText.IsName(name) || name.Contains(';', StringComparison.Ordinal))
            {
                yield return "Dkim.Headers holds something that is no header's name.";
            }
        }

        if (KeyProblem(options) is { } key)
        {
            yield return key;
        }
    }

    private static string? KeyProblem(DkimOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.PrivateKey) == string.IsNullOrWhiteSpace(options.PrivateKeyPath))
        {
            return "Set either Dkim.PrivateKey or Dkim.PrivateKeyPath.";
        }

        try
        {
            using var rsa = Read(options);
            var isPrivate = rsa.ExportParameters(includePrivateParameters: true).D is not null;
            return isPrivate && rsa.KeySize is >= MinBits and <= MaxBits
                ? null
                : $"The DKIM key has {rsa.KeySize} bits. Use an RSA key of {MinBits} to {MaxBits} bits; 2048 is usual.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "Dkim.PrivateKeyPath cannot be read. Check that the file is there and that the process may read it.";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException)
        {
            return "The DKIM key cannot be read. Use an RSA private key as PEM, not encrypted (BEGIN PRIVATE KEY or BEGIN RSA PRIVATE KEY).";
        }
    }
}
