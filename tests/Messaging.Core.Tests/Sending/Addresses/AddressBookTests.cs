using Messaging.Channels;

namespace Messaging.Sending;

public sealed class AddressBookTests
{
    [Theory]
    [InlineData("anna@example.com", "anna@example.com")]
    [InlineData(" anna@example.com ", "anna@example.com")]
    [InlineData("Anna.Kowalska+salon@EXAMPLE.Com", "Anna.Kowalska+salon@example.com")]
    [InlineData("anna@localhost", "anna@localhost")]
    [InlineData("anna@żółw.pl", "anna@xn--w-uga1v8h.pl")]
    [InlineData("anna@XN--W-UGA1V8H.pl", "anna@xn--w-uga1v8h.pl")]
    [InlineData("żółw@example.com", "żółw@example.com")]
    [InlineData("\"a b@c\"@example.com", "\"a b@c\"@example.com")]
    [InlineData("a!#$%&'*+-/=?^_`{|}~z@example.com", "a!#$%&'*+-/=?^_`{|}~z@example.com")]
    [InlineData("anna@[192.0.2.1]", "anna@[192.0.2.1]")]
    [InlineData("anna@[IPv6:2001:db8::1]", "anna@[IPv6:2001:db8::1]")]
    [InlineData("anna@mail_1.example.com", "anna@mail_1.example.com")]
    public void TryNormalize_Mailbox_IsCanonical(string given, string expected)
    {
        Assert.True(Book().TryNormalize(new Address(ChannelKinds.Email, given), out var canonical, out var problem), problem);
        Assert.Equal(expected, canonical.Value);
        Assert.Equal(ChannelKinds.Email, canonical.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("hanna")]
    [InlineData("@example.org")]
    [InlineData("anna@")]
    [InlineData("anna@@example.com")]
    [InlineData(".anna@example.com")]
    [InlineData("anna.@example.com")]
    [InlineData("an..na@example.com")]
    [InlineData("an na@example.com")]
    [InlineData("anna@exa_mple..com")]
    [InlineData("anna@-example.com")]
    [InlineData("anna@example-.com")]
    [InlineData("anna@exam ple.com")]
    [InlineData("anna@example.com>")]
    [InlineData("<anna@example.com>")]
    [InlineData("anna@[192.0.2.999]")]
    [InlineData("anna@[2001:db8::1]")]
    [InlineData("anna@[192.0.2.1")]
    [InlineData("\"anna@example.com")]
    [InlineData("\"an\"na\"@example.com")]
    [InlineData("anna@example.com\r\nX: y")]
    [InlineData("an\0na@example.com")]
    [InlineData("anna@exa\u0001mple.com")]
    public void TryNormalize_NoMailbox_SaysWhyWithoutTheAddress(string given)
    {
        Assert.False(Book().TryNormalize(new Address(ChannelKinds.Email, given), out _, out var problem));
        Assert.NotEmpty(problem);
        Assert.True(given.Length < 4 || !problem.Contains(given, StringComparison.Ordinal), problem);
    }

    [Fact]
    public void TryNormalize_MailboxTooLong_IsRefused()
    {
        Assert.False(Try($"{new string('a', 65)}@example.com"));
        Assert.True(Try($"{new string('a', 64)}@example.com"));
        Assert.False(Try($"anna@{new string('a', 64)}.com"));
        Assert.False(Try($"{new string('a', 60)}@{string.Join('.', Enumerable.Repeat(new string('b', 60), 4))}.com"));
        Assert.False(Try($"{new string('ż', 33)}@example.com"));

        static bool Try(string address) => Book().TryNormalize(new Address(ChannelKinds.Email, address), out _, out _);
    }

    [Fact]
    public void TryNormalize_CanonicalAlready_MakesNothingNew()
    {
        var address = new Address(ChannelKinds.Email, new string("anna@example.com"));

        Assert.True(Book().TryNormalize(address, out var canonical, out _));
        Assert.Same(address.Value, canonical.Value);
    }

    [Theory]
    [InlineData("+48123456789", "+48123456789")]
    [InlineData(" +48 123-456.789 ", "+48123456789")]
    [InlineData("+1 (202) 555-0123", "+12025550123")]
    [InlineData("+44/20 7946 0000", "+442079460000")]
    [InlineData("+123456789012345", "+123456789012345")]
    public void TryNormalize_Number_IsE164(string given, string expected)
    {
        foreach (var kind in new[] { ChannelKinds.Sms, ChannelKinds.Voice, ChannelKinds.WhatsApp })
        {
            Assert.True(Book().TryNormalize(new Address(kind, given), out var canonical, out _));
            Assert.Equal(new Address(kind, expected), canonical);
        }
    }

    [Theory]
    [InlineData("123456789")]
    [InlineData("0048123456789")]
    [InlineData("+0123456789")]
    [InlineData("+123456")]
    [InlineData("+1234567890123456")]
    [InlineData("+48 12x 456 789")]
    [InlineData("+")]
    [InlineData("++48123456789")]
    [InlineData("+48123456789+48123456789")]
    public void TryNormalize_NoNumber_AsksForE164(string given)
    {
        Assert.False(Book().TryNormalize(new Address(ChannelKinds.Sms, given), out _, out var problem));
        Assert.Contains("E.164", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryNormalize_KindWithoutRules_TakesTextAndNothingElse()
    {
        Assert.True(Book().TryNormalize(new Address("pigeon", "coop 7"), out var canonical, out _));
        Assert.Equal("coop 7", canonical.Value);
        Assert.False(Book().TryNormalize(new Address("pigeon", "coop\n7"), out _, out _));
        Assert.False(Book().TryNormalize(new Address("pigeon", new string('x', 501)), out _, out _));
        Assert.False(Book().TryNormalize(new Address("pigeon", null!), out _, out _));
    }

    [Fact]
    public void TryNormalize_KindsOwnRules_TakeThePlaceOfTheSuites()
    {
        var book = new AddressBook([new Shouting()]);

        Assert.True(book.TryNormalize(new Address(ChannelKinds.Email, "anyone"), out var canonical, out _));
        Assert.Equal("ANYONE", canonical.Value);
        Assert.IsType<Shouting>(book.RulesOf(ChannelKinds.Email));
    }

    [Theory]
    [InlineData("anna@example.com", "anna@example.com", true)]
    [InlineData("ANNA@example.com", "anna@example.com", true)]
    [InlineData("@example.com", "anna@example.com", true)]
    [InlineData("@example.com", "anna@sub.example.com", false)]
    [InlineData("@example.com", "anna@badexample.com", false)]
    [InlineData("+48*", "+48123456789", true)]
    [InlineData("+48*", "+49123456789", false)]
    [InlineData("anna@example.com", "hanna@example.com", false)]
    public void IsMatch_Pattern_NamesAddressDomainOrBeginning(string pattern, string address, bool expected)
    {
        Assert.True(RecipientPattern.IsValid(pattern));
        Assert.Equal(expected, RecipientPattern.IsMatch(pattern, address));
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("@")]
    [InlineData("a*b")]
    [InlineData("a b")]
    [InlineData(null)]
    public void IsValid_NoPattern_IsFalse(string? pattern) => Assert.False(RecipientPattern.IsValid(pattern));

    private static AddressBook Book() => new([]);

    private sealed class Shouting : IChannelRules
    {
        public string Kind => ChannelKinds.Email;

        public bool TryNormalize(string address, out string canonical, out string problem)
        {
            (canonical, problem) = (address.ToUpperInvariant(), "");
            return true;
        }

        public void Check(SendRequest request, ICollection<RequestProblem> problems)
        {
            // Everything goes.
        }
    }
}
