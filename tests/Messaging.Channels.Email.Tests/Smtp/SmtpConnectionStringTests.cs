namespace Messaging.Channels.Email.Smtp;

public sealed class SmtpConnectionStringTests
{
    [Theory]
    [InlineData("smtp://mail.example.com", SmtpSecurity.None, 25)]
    [InlineData("smtp://mail.example.com:2525/", SmtpSecurity.None, 2525)]
    [InlineData("smtp://anna:pw@mail.example.com", SmtpSecurity.StartTls, 587)]
    [InlineData("smtp://anna:pw@mail.example.com?tls=auto", SmtpSecurity.StartTlsWhenOffered, 587)]
    [InlineData("smtp://mail.example.com?tls=auto", SmtpSecurity.StartTlsWhenOffered, 25)]
    [InlineData("smtp://mail.example.com?tls=required", SmtpSecurity.StartTls, 587)]
    [InlineData("SMTP+STARTTLS://mail.example.com", SmtpSecurity.StartTls, 587)]
    [InlineData("smtps://mail.example.com", SmtpSecurity.Tls, 465)]
    [InlineData("smtps://[2001:db8::1]:10465", SmtpSecurity.Tls, 10465)]
    public void Parse_Scheme_DecidesSecurityAndPort(string text, SmtpSecurity security, int port)
    {
        var options = SmtpConnectionString.Parse(text);

        Assert.Equal((security, port), (options.Security, options.EffectivePort));
        Assert.Empty(SmtpOptionsRules.Problems(options));
    }

    [Theory]
    [InlineData("smtps://anna%40example.com:s%3Ac%2Fr%25t@mail.example.com", "anna@example.com", "s:c/r%t")]
    [InlineData("smtps://anna@example.com:pa@ss@mail.example.com", "anna@example.com", "pa@ss")]
    [InlineData("smtps://anna:a:b+c@mail.example.com", "anna", "a:b+c")]
    [InlineData("smtps://anna:za%C5%BC%C3%B3%C5%82%C4%87@mail.example.com", "anna", "zażółć")]
    public void Parse_UserInfo_IsPercentDecoded(string text, string user, string password)
    {
        var options = SmtpConnectionString.Parse(text);

        Assert.Equal((user, password, "mail.example.com"), (options.UserName, options.Password, options.Host));
    }

    [Fact]
    public void Parse_Parameters_SetOptions()
    {
        var options = SmtpConnectionString.Parse("smtp://a:b@mail.example.com?tls=none&allowClearTextCredentials=true&auth=login&hello=me.example.com&connections=3");

        Assert.Equal(SmtpSecurity.None, options.Security);
        Assert.True(options.AllowClearTextCredentials);
        Assert.Equal(SmtpAuthentication.Login, options.Authentication);
        Assert.Equal(("me.example.com", 3), (options.HelloName, options.MaxConnections));
    }

    [Theory]
    [InlineData("mail.example.com", "scheme")]
    [InlineData("smpt://mail.example.com", "scheme")]
    [InlineData("", "scheme")]
    [InlineData("smtp://", "host")]
    [InlineData("smtp://anna:hunter2@", "host")]
    [InlineData("smtp://anna:hunter2@mail_ex ample.com", "host")]
    [InlineData("smtp://anna:hunter2@mail.example.com:port", "port")]
    [InlineData("smtp://anna:hunter2@mail.example.com:0", "port")]
    [InlineData("smtp://anna:hunter2@mail.example.com:70000", "port")]
    [InlineData("smtp://anna:hun/ter2@mail.example.com", "port")]
    [InlineData("smtp://anna:hun?ter2@mail.example.com", "port")]
    [InlineData("smtp://anna:hun#ter2@mail.example.com", "port")]
    [InlineData("smtp://anna:hunter2%zz@mail.example.com", "password")]
    [InlineData("smtp://anna:hunter2%0d%0a@mail.example.com", "password")]
    [InlineData("smtp://:hunter2@mail.example.com", "user name")]
    [InlineData("smtp://anna:hunter2@mail.example.com/inbox", "part after the host")]
    [InlineData("smtp://anna:hunter2@mail.example.com?tls=maybe", "parameter number 1")]
    [InlineData("smtps://anna:hunter2@mail.example.com?tls=none", "parameter number 1")]
    [InlineData("smtp://anna:hunter2@mail.example.com?hello=x&hunter2=1", "parameter number 2")]
    [InlineData("smtp://anna:hunter2@mail.example.com?connections=1000", "parameter number 1")]
    [InlineData("smtp://anna:hunter2@mail.example.com?auth", "parameter number 1")]
    [InlineData("smtp://anna@mail.example.com?auth=plain", "password")]
    public void Parse_Typo_NamesThePartAndShowsNoSecret(string text, string part)
    {
        var e = Assert.Throws<FormatException>(() => SmtpConnectionString.Parse(text));

        Assert.StartsWith($"The {part} of the SMTP connection string ", e.Message, StringComparison.Ordinal);
        foreach (var secret in new[] { "hun", "ter2", "anna", "example.com" })
        {
            Assert.DoesNotContain(secret, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TryParse_OthersParameters_AreHandedOver()
    {
        var others = new Dictionary<string, string>();

        Assert.True(SmtpConnectionString.TryParse("smtp://mail.example.com?from=a%40b.example&hello=x", others, out var options, out _));

        Assert.Equal("x", options.HelloName);
        Assert.Equal("a@b.example", Assert.Single(others, pair => pair.Key == "from").Value);
    }
}
