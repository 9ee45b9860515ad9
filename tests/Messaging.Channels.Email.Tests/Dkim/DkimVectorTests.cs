using System.Security.Cryptography;
using System.Text;
using FsCheck.Fluent;

namespace Messaging.Channels.Email;

/// <summary>The examples of the RFCs.</summary>
public sealed class DkimVectorTests
{
    private const string RsaPublicKey =
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ"
        + "/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

    [Theory]
    [InlineData("A: X\r\n", "a:X\r\n")]
    [InlineData("B : Y\t\r\n\tZ  \r\n", "b:Y Z\r\n")]
    [InlineData("SubJect:\r\n  folded\r\n\there \r\n", "subject:folded here\r\n")]
    [InlineData("Empty:\r\n", "empty:\r\n")]
    public void RelaxedHeader_OfRfc6376_IsAsPrinted(string field, string expected) =>
        Assert.Equal(expected, Headers.Text((ref OctetWriter writer) => RelaxedHeader.Write(ref writer, Encoding.ASCII.GetBytes(field))));

    [Theory]
    [InlineData(" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n")]
    [InlineData("", "")]
    [InlineData("\r\n\r\n", "")]
    [InlineData(" \t \r\n \r\n", "")]
    [InlineData("a", "a\r\n")]
    [InlineData("a\r\n", "a\r\n")]
    [InlineData("\r\na \r\n \r\nb\t\r\n", "\r\na\r\n\r\nb\r\n")]
    public void BodyHash_OfCanonicalExamples_IsTheHashOfWhatIsPrinted(string body, string canonical) =>
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)), Hash([body]));

    [Fact]
    public void BodyHash_EmptyBody_IsThatOfRfc6376() =>
        Assert.Equal("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Convert.ToBase64String(Hash([""])));

    [Fact]
    public void BodyHash_InAnyPieces_IsTheSame()
    {
        var bodies = from pieces in Gen.Elements("a", " ", "\t", "\r\n", "  b", "\r\n\r\n", new string('x', 9000)).ListOf() select pieces.ToArray();
        Generate.ForAll(bodies, pieces =>
        {
            var whole = string.Concat(pieces);
            Assert.Equal(Hash([whole]), Hash(pieces));
            Assert.Equal(Hash([whole]), Hash([.. whole.Select(c => c.ToString())]));
        }, 200);
    }

    [Fact]
    public async Task Rfc8463Sample_Signature_IsValidOverOurCanonicalForm()
    {
        var mail = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Dkim", "Fixtures", "rfc8463.eml"));
        var (header, body) = (mail[..(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 2)], mail[(mail.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        var signature = header[header.IndexOf("DKIM-Signature: v=1; a=rsa", StringComparison.Ordinal)..header.IndexOf("From:", StringComparison.Ordinal)];
        var unsigned = signature[..(signature.IndexOf("\r\n b=", StringComparison.Ordinal) + 5)];

        var signedData = Headers.Write((ref OctetWriter writer) =>
        {
            var fields = new HeaderFields(Encoding.ASCII.GetBytes(header));
            foreach (var name in new[] { "from", "to", "subject", "date", "message-id" })
            {
                var before = fields.Count;
                RelaxedHeader.Write(ref writer, fields.FindBefore(Encoding.ASCII.GetBytes(name), ref before));
                Assert.True(fields.FindBefore(Encoding.ASCII.GetBytes(name), ref before).IsEmpty);
            }

            RelaxedHeader.Write(ref writer, Encoding.ASCII.GetBytes(unsigned), lineEnd: false);
        });

        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(RsaPublicKey), out _);
        Assert.True(rsa.VerifyData(signedData, Convert.FromBase64String(signature[unsigned.Length..]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=", Convert.ToBase64String(Hash([body])));
    }

    private static byte[] Hash(IReadOnlyList<string> pieces)
    {
        using var hash = new DkimBodyHash();
        foreach (var piece in pieces)
        {
            hash.Append(Encoding.ASCII.GetBytes(piece));
        }

        var result = new byte[32];
        hash.Finish(result);
        return result;
    }
}
