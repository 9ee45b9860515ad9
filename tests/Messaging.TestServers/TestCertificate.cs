using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Messaging.TestServers;

/// <summary>A self-signed server certificate, for 127.0.0.1 and localhost unless another name is asked for.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly string _keyPem;

    /// <summary>Creates the certificate.</summary>
    public TestCertificate(string? name = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name ?? "localhost"}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name ?? "localhost");
        if (name is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        Certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        Roots = [X509CertificateLoader.LoadCertificate(made.RawData)];
        Pem = made.ExportCertificatePem();
        _keyPem = key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>Gets the certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Gets what a client has to trust.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>Gets the certificate in PEM.</summary>
    public string Pem { get; }

    /// <summary>Writes certificate and key as files.</summary>
    public (string Certificate, string Key) WriteTo(TestFolder folder) => (folder.Write("server.pem", Pem), folder.Write("server.key", _keyPem));

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        Roots[0].Dispose();
    }
}
