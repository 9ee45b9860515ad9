using System.Text;

namespace Messaging.Channels.Email.Smtp;

public sealed class EnvelopeAddressTests
{
    [Theory]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData("first.last+tag@sub.example.co.uk", "first.last+tag@sub.example.co.uk")]
    [InlineData("o'neil_x=y@example.com", "o'neil_x=y@example.com")]
    [InlineData("a..b@docomo.example", "a..b@docomo.example")]
    [InlineData("\"john doe\"@example.com", "\"john doe\"@example.com")]
    [InlineData("\"a\\\"b@c\"@example.com", "\"a\\\"b@c\"@example.com")]
    [InlineData("anna@[192.0.2.1]", "anna@[192.0.2.1]")]
    [InlineData("anna@[IPv6:2001:db8::1]", "anna@[IPv6:2001:db8::1]")]
    [InlineData("root@localhost", "root@localhost")]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example")]
    public void Check_Usable_IsWrittenForEveryServer(string address, string written)
    {
        Assert.Null(EnvelopeAddress.Check(address, out var needsUtf8));
        Assert.False(needsUtf8);
        Assert.Equal(written, Write(address));
    }

    [Theory]
    [InlineData("żółw@example.com", "żółw@example.com")]
    [InlineData("用户@例子.example", "用户@xn--fsqu00a.example")]
    [InlineData("😀@example.com", "😀@example.com")]
    public void Check_InternationalLocalPart_NeedsSmtpUtf8(string address, string written)
    {
        Assert.Null(EnvelopeAddress.Check(address, out var needsUtf8));
        Assert.True(needsUtf8);
        Assert.Equal(written, Write(address));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.com")]
    [InlineData("anna@")]
    [InlineData("anna@example.com\r\nRCPT TO:<eve@example.com>")]
    [InlineData("anna\n@example.com")]
    [InlineData("anna\0@example.com")]
    [InlineData("an na@example.com")]
    [InlineData("anna@exam ple.com")]
    [InlineData("anna@example.com>")]
    [InlineData("<anna@example.com>")]
    [InlineData("anna,bob@example.com")]
    [InlineData("anna@example..com")]
    [InlineData("anna@.example.com")]
    [InlineData("anna@example.com.")]
    [InlineData("\"anna@example.com")]
    [InlineData("\"an\"na\"@example.com")]
    [InlineData("\"anna\\\"@example.com")]
    [InlineData("\"an\rna\"@example.com")]
    [InlineData("anna@[not an address]")]
    [InlineData("anna\u0085@example.com")]
    [InlineData("anna\u2028@example.com")]
    [InlineData("anna@ex\u00a0ample.com")]
    public void Check_Unusable_SaysWhyWithoutQuoting(string? address)
    {
        var problem = EnvelopeAddress.Check(address, out _);

        Assert.NotNull(problem);
        Assert.DoesNotContain("anna", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_HalfASurrogatePair_IsUnusable() => Assert.NotNull(EnvelopeAddress.Check("anna\ud800@example.com", out _));

    [Theory]
    [InlineData(64, 20, true)]
    [InlineData(65, 20, false)]
    [InlineData(10, 243, true)]
    [InlineData(10, 244, false)]
    public void Check_Lengths_FollowRfc5321(int local, int domain, bool valid)
    {
        var address = new string('a', local) + "@" + string.Join('.', Enumerable.Repeat(new string('b', 9), 30))[..domain].TrimEnd('.').PadRight(domain, 'b');

        Assert.Equal(valid, EnvelopeAddress.Check(address, out _) is null);
    }

    private static string Write(string address)
    {
        using var output = new SmtpBuffer(64);
        EnvelopeAddress.Append(output, address);
        return Encoding.UTF8.GetString(output.Span);
    }
}
