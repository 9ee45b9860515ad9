namespace Messaging.Templates.Handlebars.Helpers;

public sealed class NumberHelperTests
{
    [Theory]
    [InlineData("{{number Amount}}", "pl-PL", "1 234,5")]
    [InlineData("{{number Amount}}", "en-US", "1,234.5")]
    [InlineData("{{number Amount '0.00'}}", "pl-PL", "1234,50")]
    [InlineData("{{number Amount 'N0'}}", "en-US", "1,235")]
    [InlineData("{{number Share 'P1'}}", "en-US", "25.6%")]
    [InlineData("{{number Text}}", "de-DE", "1.234,5")]
    [InlineData("{{number Double '0.0'}}", "pl-PL", "0,5")]
    [InlineData("{{Amount}} {{Count}} {{Double}}", "pl-PL", "1234,5 7 0,5")]
    [InlineData("{{currency Amount 'PLN'}}", "pl-PL", "1 234,50 zł")]
    [InlineData("{{currency Amount 'PLN'}}", "pl", "1 234,50 zł")]
    [InlineData("{{currency Amount 'PLN'}}", "en-US", "PLN1,234.50")]
    [InlineData("{{currency Amount 'EUR'}}", "pl-PL", "1 234,50 €")]
    [InlineData("{{currency Amount 'EUR'}}", "de-DE", "1.234,50 €")]
    [InlineData("{{currency Amount 'USD'}}", "en-US", "$1,234.50")]
    [InlineData("{{currency Amount 'USD'}}", "pl-PL", "1 234,50 USD")]
    [InlineData("{{currency Count 'JPY'}}", "pl-PL", "7 JPY")]
    [InlineData("{{currency Amount 'KWD'}}", "en-GB", "KWD1,234.500")]
    [InlineData("[{{number None}}{{currency None 'EUR'}}]", "pl-PL", "[]")]
    public void Render_InCulture_ReadsAsThereUsual(string text, string culture, string expected)
    {
        var data = Hbs.Data(("Amount", 1234.5m), ("Count", 7), ("Share", 0.256m), ("Text", "1234.5"), ("Double", 0.5), ("None", null));

        var rendered = Hbs.Render(Hbs.Source(text), data, Hbs.In(culture));

        // Cultures separate groups by one of two kinds of space that does not break.
        Assert.Equal(expected, rendered.Replace('\u00a0', ' ').Replace('\u202f', ' '));
    }

    [Theory]
    [InlineData("{{number Name}}", "not a number")]
    [InlineData("{{currency Name 'EUR'}}", "not a number")]
    [InlineData("{{currency Amount}}", "ISO 4217")]
    [InlineData("{{currency Amount 'eur'}}", "ISO 4217")]
    [InlineData("{{currency Amount '€'}}", "ISO 4217")]
    [InlineData("{{number Amount 'N29'}}", "at most 28 digits")]
    [InlineData("{{number Amount 'X'}}", "does not fit")]
    public void Render_WrongArgument_SaysWhatIsWrong(string text, string expected) =>
        Assert.Contains(expected, Hbs.Error(text, ("Name", "Anna"), ("Amount", 5m)), StringComparison.Ordinal);

    [Fact]
    public void Render_FormatFromData_IsBoundToo() =>
        Assert.Contains("at most 28 digits", Hbs.Error("{{number Amount Format}}", ("Amount", 5m), ("Format", "N999999999")), StringComparison.Ordinal);
}
