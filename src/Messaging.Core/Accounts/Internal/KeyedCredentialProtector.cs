using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Messaging.Channels;

/// <summary>Protects credentials by AES-256-GCM under a named key: <c>v1.name.nonce‖tag‖text</c>, the name being authenticated too.</summary>
internal sealed class KeyedCredentialProtector(IOptionsMonitor<CredentialProtectionOptions> options) : ICredentialProtector
{
    private const string Version = "v1";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public string Protect(string plain)
    {
        ArgumentNullException.ThrowIfNull(plain);
        var (name, key) = Current();
        var text = Encoding.UTF8.GetBytes(plain);
        var sealedBytes = new byte[NonceLength + TagLength + text.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, text, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(name));
        return $"{Version}.{name}.{Base64Url.EncodeToString(sealedBytes)}";
    }

    public string Unprotect(string protectedText)
    {
        ArgumentNullException.ThrowIfNull(protectedText);
        var parts = protectedText.Split('.');
        if (parts.Length != 3 || parts[0] != Version || !Base64Url.IsValid(parts[2]))
        {
            throw new CryptographicException("The credential was not protected by the suite's own keys.");
        }

        if (!options.CurrentValue.Keys.TryGetValue(parts[1], out var key))
        {
            throw new CryptographicException($"The credential was protected with the key '{parts[1]}', which is not configured. Add it to CredentialProtectionOptions.Keys.");
        }

        return Open(parts[1], Convert.FromBase64String(key), Base64Url.DecodeFromChars(parts[2]));
    }

    private static string Open(string name, byte[] key, byte[] sealedBytes)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The protected credential is cut short.");
        }

        var text = new byte[sealedBytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(
            sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), text, Encoding.UTF8.GetBytes(name));
        return Encoding.UTF8.GetString(text);
    }

    private (string Name, byte[] Key) Current()
    {
        var current = options.CurrentValue;
        var name = current.CurrentKey ?? current.Keys.Keys.FirstOrDefault()
            ?? throw new InvalidOperationException(
                "There is no key to protect channel credentials with. Configure one with ProtectCredentials(o => o.Keys[\"2026\"] = …) in AddMessaging(), or register an ICredentialProtector.");
        return (name, Convert.FromBase64String(current.Keys[name]));
    }
}
