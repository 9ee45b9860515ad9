namespace Messaging.Channels.Email;

public sealed class MailboxParserTests
{
    [Theory]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData("Anna.Nowak+tag@Example.COM", "Anna.Nowak+tag@example.com")]
    [InlineData(" anna@example.com ", "anna@example.com")]
    [InlineData("anna@localhost", "anna@localhost")]
    [InlineData("anna(work)@example.com(com)", "anna@example.com")]
    [InlineData("\"anna nowak\"@example.com", "\"anna nowak\"@example.com")]
    [InlineData("\"anna\"@example.com", "anna@example.com")]
    [InlineData("\"a\\\"b\\\\c\"@example.com", "\"a\\\"b\\\\c\"@example.com")]
    [InlineData("anna@[192.0.2.1]", "anna@[192.0.2.1]")]
    [InlineData("anna@[IPv6:2001:db8::1]", "anna@[IPv6:2001:db8::1]")]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example")]
    [InlineData("żółć@example.com", "żółć@example.com")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com")]
    public void TryParseAddress_Valid_IsInWireForm(string text, string expected)
    {
        Assert.True(MailboxParser.TryParseAddress(text, out var address, out var problem), problem);
        Assert.Equal(expected, address);
    }

    [Fact]
    public void TryParseAddress_PlainAddress_IsNotCopied()
    {
        const string text = "anna@example.com";

        Assert.True(MailboxParser.TryParseAddress(text, out var address, out _));
        Assert.Same(text, address);
    }

    [Theory]
    [InlineData(null, "it is empty")]
    [InlineData("  ", "it is empty")]
    [InlineData("anna", "it has no @")]
    [InlineData("@example.com", "the part before @ is missing or malformed")]
    [InlineData("anna@", "the domain after @ is missing")]
    [InlineData("anna@example..com", "the domain has an empty part between dots")]
    [InlineData("anna@example.com.", "the domain has an empty part between dots")]
    [InlineData("anna@-example.com", "a part of the domain begins or ends with a hyphen")]
    [InlineData("anna@exa_mple.com", "the domain holds a character that no domain may have")]
    [InlineData("an..na@example.com", "the part before @ is malformed: unusual characters and stray dots need quotation marks")]
    [InlineData(".anna@example.com", "the part before @ is malformed: unusual characters and stray dots need quotation marks")]
    [InlineData("anna@one@two", "something follows the address")]
    [InlineData("anna nowak@example.com", "the part before @ is malformed")]
    [InlineData("\"anna@example.com", "a quotation mark is not closed")]
    [InlineData("anna@[192.0.2]", "the address literal after @ is malformed; write [192.0.2.1] or [IPv6:2001:db8::1]")]
    [InlineData("anna@[IPv6:nonsense]", "the address literal after @ is malformed; write [192.0.2.1] or [IPv6:2001:db8::1]")]
    [InlineData("a@example.com, b@example.com", "there is more than one address; a name with a comma needs quotation marks around it")]
    [InlineData("anna@example.com\r\nBcc: x@example.com", "it holds a line break or another control character")]
    [InlineData("anna@exam\0ple.com", "it holds a line break or another control character")]
    [InlineData("a\uD800@example.com", "the part before @ holds a character that no address may have")]
    [InlineData("a\u00A0b@example.com", "the part before @ holds a character that no address may have")]
    [InlineData("anna@\u00AD", "the domain has no form in DNS (IDNA)")]
    public void TryParseAddress_Invalid_SaysWhyWithoutTheAddress(string? text, string expected)
    {
        Assert.False(MailboxParser.TryParseAddress(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void TryParseAddress_AtTheLimits_IsTakenAndBeyondRefused()
    {
        var label = new string('d', 63);
        var domain = $"{label}.{label}.{label}.{new string('d', 63)}";

        Assert.True(MailboxParser.TryParseAddress($"{new string('l', 64)}@{domain}", out _, out _));
        Assert.False(MailboxParser.TryParseAddress($"{new string('l', 65)}@example.com", out _, out var local));
        Assert.Equal("the part before @ has more than 64 octets", local);
        Assert.False(MailboxParser.TryParseAddress($"{new string('ł', 33)}@example.com", out _, out local));
        Assert.Equal("the part before @ has more than 64 octets", local);
        Assert.False(MailboxParser.TryParseAddress($"a@{domain}.{label}", out _, out var long255));
        Assert.Equal("the domain has more than 255 characters", long255);
        Assert.False(MailboxParser.TryParseAddress($"a@{label}d.com", out _, out var long63));
        Assert.Equal("a part of the domain has more than 63 characters", long63);
    }

    [Theory]
    [InlineData("salon@example.com", null, "salon@example.com")]
    [InlineData("<salon@example.com>", null, "salon@example.com")]
    [InlineData("Salon <salon@example.com>", "Salon", "salon@example.com")]
    [InlineData("Salon   Piękności <salon@example.com>", "Salon Piękności", "salon@example.com")]
    [InlineData("\"Salon, Warsaw\" <salon@example.com>", "Salon, Warsaw", "salon@example.com")]
    [InlineData("\"Anna \\\"Ania\\\" N.\" <a@example.com>", "Anna \"Ania\" N.", "a@example.com")]
    [InlineData("\"  kept  \" <a@example.com>", "  kept  ", "a@example.com")]
    [InlineData("Dr. J. Kim <kim@example.com>", "Dr. J. Kim", "kim@example.com")]
    [InlineData("Salon (the \\) good (one)) Warsaw <salon@example.com> (bye)", "Salon Warsaw", "salon@example.com")]
    [InlineData("\"<trap@example.com>\" <real@example.com>", "<trap@example.com>", "real@example.com")]
    [InlineData("(<trap@example.com>) real@example.com", null, "real@example.com")]
    public void TryParse_Valid_GivesNameAndAddress(string text, string? name, string address)
    {
        Assert.True(MailboxParser.TryParse(text, out var mailbox, out var problem), problem);
        Assert.Equal(new Mailbox(name, address), mailbox);
    }

    [Theory]
    [InlineData("Salon, Warsaw <salon@example.com>")]
    [InlineData("Salon <salon@example.com")]
    [InlineData("Salon <salon@example.com> x")]
    [InlineData("Salon <>")]
    [InlineData("Friends: anna@example.com;")]
    [InlineData("Salon@home <salon@example.com>")]
    [InlineData("<@relay.example:salon@example.com>")]
    [InlineData("Salon (open <salon@example.com>")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("Salon\r\nBcc: x@example.com <salon@example.com>")]
    public void TryParse_Invalid_IsRefused(string text)
    {
        Assert.False(MailboxParser.TryParse(text, out _, out var problem));
        Assert.DoesNotContain("example", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParseList_Several_GivesAll()
    {
        Assert.True(MailboxParser.TryParseList("\"A, B\" <a@example.com>, b@example.com,C <c@example.com>", out var list, out _));
        Assert.Equal([new("A, B", "a@example.com"), new(null, "b@example.com"), new("C", "c@example.com")], list);
        Assert.False(MailboxParser.TryParseList("a@example.com,", out _, out _));
        Assert.False(MailboxParser.TryParseList("a@example.com b@example.com", out _, out _));
    }

    [Fact]
    public void TryParse_AnyText_NeverThrowsAndNeverLetsABreakThrough() => Generate.ForAll(Generate.Hostile, text =>
    {
        if (MailboxParser.TryParse(text, out var mailbox, out _))
        {
            Assert.False(HeaderText.HasBreak(mailbox.Address));
            Assert.True(MailboxParser.TryParseAddress(mailbox.Address, out var again, out var problem), problem);
            Assert.Equal(mailbox.Address, again);
        }
    }, 3000);
}
