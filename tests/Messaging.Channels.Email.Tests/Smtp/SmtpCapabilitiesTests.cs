using System.Text;

namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpCapabilitiesTests
{
    [Theory]
    [InlineData("SIZE", true, 0)]
    [InlineData("SIZE 0", true, 0)]
    [InlineData("size 35882577", true, 35882577)]
    [InlineData("SIZE 9999999999999999999999", true, 0)]
    [InlineData("SIZE -5", true, 0)]
    [InlineData("SIZES 5", false, 0)]
    public void Add_Size_IsALimitWhenItSaysOne(string line, bool has, long max)
    {
        var server = Read(line);

        Assert.Equal((has, max), (server.HasSize, server.MaxSize));
    }

    [Theory]
    [InlineData("AUTH PLAIN LOGIN", true, true, false)]
    [InlineData("AUTH=LOGIN", false, true, false)]
    [InlineData("auth xoauth2  plain", true, false, true)]
    [InlineData("AUTH", false, false, false)]
    [InlineData("AUTHPLAIN", false, false, false)]
    public void Add_Auth_ListsMechanisms(string line, bool plain, bool login, bool xoauth2)
    {
        var server = Read(line);

        Assert.Equal((plain, login, xoauth2), (server.AuthPlain, server.AuthLogin, server.AuthXOAuth2));
    }

    [Fact]
    public void Add_Keywords_AreKnownInAnyCaseAndWithParameters()
    {
        var server = Read("pipelining", "8BitMime", "SMTPUTF8", "CHUNKING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS now", "X-UNKNOWN", "");

        Assert.True(server is { Pipelining: true, EightBitMime: true, SmtpUtf8: true, Chunking: true, Dsn: true, EnhancedStatusCodes: true, StartTls: true });
    }

    private static SmtpCapabilities Read(params string[] lines)
    {
        var server = new SmtpCapabilities();
        foreach (var line in lines)
        {
            server.Add(Encoding.ASCII.GetBytes(line));
        }

        return server;
    }
}
