using System.Security.Cryptography;

namespace Messaging.Channels.Email;

/// <summary>A key pair made once for all tests.</summary>
internal static class DkimKeys
{
    private static readonly RSA Key = RSA.Create(2048);

    public static string Pem { get; } = Key.ExportPkcs8PrivateKeyPem();

    public static string Record { get; } = $"v=DKIM1; k=rsa; p={Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo())}";

    public static DkimOptions Options => new() { Domain = "example.com", Selector = "test", PrivateKey = Pem };

    public static EmailSettings Settings(Action<DkimOptions>? change = null)
    {
        var options = Options;
        change?.Invoke(options);
        return Mails.Settings with { Signer = new DkimSigner(options) };
    }
}
