namespace Messaging.Channels.Email;

public sealed class EmailExtrasTests
{
    [Fact]
    public void WriteTo_Everything_ComesBackAsProperties()
    {
        var properties = new Dictionary<string, string>();

        new EmailExtras
        {
            Headers = new Dictionary<string, string> { ["X-Campaign"] = "spring" },
            Sender = "Office <office@example.com>",
            InReplyTo = "a@b",
            References = ["<x@y>", "a@b"],
            UnsubscribeUrl = new("https://example.com/u?t=1"),
            UnsubscribeMailto = "u@example.com",
            Precedence = "list",
            AutoSubmitted = AutoSubmitted.Replied,
        }.WriteTo(properties);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["header:X-Campaign"] = "spring",
                ["sender"] = "Office <office@example.com>",
                ["in-reply-to"] = "a@b",
                ["references"] = "<x@y> a@b",
                ["unsubscribe-url"] = "https://example.com/u?t=1",
                ["unsubscribe-mailto"] = "u@example.com",
                ["precedence"] = "list",
                ["auto-submitted"] = "auto-replied",
            },
            properties);
    }

    [Fact]
    public void WriteTo_Defaults_WriteNothing()
    {
        var properties = new Dictionary<string, string>();

        new EmailExtras().WriteTo(properties);

        Assert.Empty(properties);
        Assert.Equal("email", new EmailExtras().Kind);
    }

    [Fact]
    public void WriteTo_MistakesEverywhere_NamesThemAllAndWritesNothing()
    {
        var properties = new Dictionary<string, string>();
        var extras = new EmailExtras
        {
            Headers = new Dictionary<string, string> { ["X-Break"] = "a\r\nb", ["bad name"] = "x", ["Subject"] = "x", ["Content-Type"] = "x" },
            Sender = "nobody",
            InReplyTo = "no id",
            References = ["<a@b>", "no"],
            UnsubscribeUrl = new("http://example.com/u"),
            UnsubscribeMailto = "żółć@example.com",
            Precedence = "two words",
        };

        var refusal = Assert.Throws<InvalidSendRequestException>(() => extras.WriteTo(properties));

        Assert.Equal(
            [
                "Extras.Email.Headers[X-Break]", "Extras.Email.Headers", "Extras.Email.Headers[Subject]", "Extras.Email.Headers[Content-Type]",
                "Extras.Email.Sender", "Extras.Email.InReplyTo", "Extras.Email.References[1]", "Extras.Email.UnsubscribeUrl",
                "Extras.Email.UnsubscribeMailto", "Extras.Email.Precedence",
            ],
            refusal.Problems.Select(problem => problem.Field));
        Assert.Contains("Set Subject of the content", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(properties);
    }

    [Theory]
    [InlineData("http://example.com/u")]
    [InlineData("/u")]
    [InlineData("mailto:u@example.com")]
    [InlineData("https://bücher.example/u")]
    public void WriteTo_UnsubscribeUrlOtherThanHttps_IsRefused(string url)
    {
        var extras = new EmailExtras { UnsubscribeUrl = new Uri(url, UriKind.RelativeOrAbsolute) };

        var refusal = Assert.Throws<InvalidSendRequestException>(() => extras.WriteTo(new Dictionary<string, string>()));

        Assert.Equal("Extras.Email.UnsubscribeUrl", Assert.Single(refusal.Problems).Field);
    }

    [Theory]
    [InlineData("From")]
    [InlineData("bcc")]
    [InlineData("MESSAGE-ID")]
    [InlineData("Content-Disposition")]
    [InlineData("resent-from")]
    [InlineData("ARC-Seal")]
    [InlineData("DKIM-Signature")]
    [InlineData("List-Unsubscribe-Post")]
    public void CheckHeader_ReservedField_SaysWhatToDoInstead(string name) =>
        Assert.StartsWith("This header cannot be set by hand. ", EmailExtrasCheck.CheckHeader(name, "x"), StringComparison.Ordinal);

    [Theory]
    [InlineData("X-Campaign")]
    [InlineData("List-Id")]
    [InlineData("Feedback-ID")]
    [InlineData("Importance")]
    public void CheckHeader_OtherField_IsTaken(string name) => Assert.Null(EmailExtrasCheck.CheckHeader(name, "wiosna – 2026"));
}
