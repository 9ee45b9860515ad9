namespace Messaging.Templates.Resolving;

public sealed class LocaleChainTests
{
    [Theory]
    [InlineData("pl-PL", "pl-PL pl default")]
    [InlineData("PL_pl", "pl-PL pl default")]
    [InlineData("zh-Hant-TW", "zh-Hant-TW zh-Hant zh default")]
    [InlineData("en", "en default")]
    [InlineData("default", "default")]
    [InlineData("xx-nonsense-", "xx-nonsense- xx-nonsense xx default")]
    public void Of_Locale_EndsWithTheDefault(string wanted, string expected) => Assert.Equal(expected.Split(' '), LocaleChain.Of(wanted));

    [Fact]
    public void Of_FallBacks_ComeLastAndOnce() =>
        Assert.Equal(["de-AT", "de", "default", "pl-PL", "pl", "en"], LocaleChain.Of("de-AT", "pl-PL", "en"));
}
