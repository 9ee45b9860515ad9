namespace Messaging.Templates.Handlebars.Helpers;

public sealed class PluralHelperTests
{
    [Theory]
    [InlineData("pl-PL", "wizyt 0,wizyta 1,wizyty 2,wizyty 4,wizyt 5,wizyt 12,wizyty 22,wizyt 112,wizyt 1000", "'wizyta' 'wizyty' 'wizyt'")]
    [InlineData("en-GB", "visits 0,visit 1,visits 2,visits 1000", "'visit' 'visits'")]
    [InlineData("fr-FR", "visite 0,visite 1,visites 2", "'visite' 'visites'")]
    [InlineData("ru-RU", "визитов 0,визит 1,визита 3,визитов 11,визит 21,визитов 112", "'визит' 'визита' 'визитов'")]
    [InlineData("cs-CZ", "návštěv 0,návštěva 1,návštěvy 4,návštěv 5", "'návštěva' 'návštěvy' 'návštěv'")]
    [InlineData("ja-JP", "回 1,回 5", "'回'")]
    public void Render_Number_TakesTheFormOfTheLanguage(string culture, string expected, string forms)
    {
        var template = Hbs.Compile(Hbs.Source($"{{{{plural Count {forms}}}}}"));

        Assert.All(expected.Split(','), pair =>
        {
            var (form, count) = (pair.Split(' ')[0], long.Parse(pair.Split(' ')[1], null));
            Assert.Equal(form, Hbs.Render(template, Hbs.Data(("Count", count)), Hbs.In(culture)));
        });
    }

    [Fact]
    public void Render_FormsFromData_Work() => Assert.Equal("zwei", Hbs.Render("{{plural Count 'eins' Two}}", ("Count", 2), ("Two", "zwei")));

    [Fact]
    public void Render_NoForm_SaysWhatIsWrong() => Assert.Contains("Give a number", Hbs.Error("{{plural Count}}", ("Count", 2)), StringComparison.Ordinal);
}
