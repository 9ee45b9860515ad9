namespace Messaging.Templates.Handlebars.Helpers;

public sealed class DateHelperTests
{
    private static readonly TemplateData Data = Hbs.Data(
        ("At", new DateTimeOffset(2026, 3, 29, 0, 59, 0, TimeSpan.Zero)),
        ("Later", new DateTimeOffset(2026, 3, 29, 1, 1, 0, TimeSpan.Zero)),
        ("Local", new DateTime(2026, 3, 14, 13, 30, 0)),
        ("Day", new DateOnly(2026, 3, 14)),
        ("Hour", new TimeOnly(13, 30)),
        ("Text", "2026-03-29T00:59:00Z"),
        ("LocalText", "2026-03-14T13:30:00"),
        ("DayText", "2026-03-14"),
        ("HourText", "13:30"),
        ("None", null),
        ("Name", "Anna"));

    [Theory]
    [InlineData("{{date At 'long'}}", "pl-PL", "niedziela, 29 marca 2026")]
    [InlineData("{{date At}}", "en-GB", "29/03/2026")]
    [InlineData("{{date At 'short'}}", "en-US", "3/29/2026")]
    [InlineData("{{date At 'month'}}", "pl-PL", "marzec 2026")]
    [InlineData("{{date At 'day'}}", "pl-PL", "29 marca")]
    [InlineData("{{date At 'weekday'}}", "de-DE", "Sonntag")]
    [InlineData("{{date At 'yyyy-MM-dd HH:mm'}}", "pl-PL", "2026-03-29 01:59")]
    [InlineData("{{time At}}", "pl-PL", "01:59")]
    [InlineData("{{time Later}}", "pl-PL", "03:01")]
    [InlineData("{{time At 'long'}}", "pl-PL", "01:59:00")]
    [InlineData("{{time Local}} {{date Local 'yyyy-MM-dd'}}", "pl-PL", "13:30 2026-03-14")]
    [InlineData("{{date Day 'long'}}", "pl-PL", "sobota, 14 marca 2026")]
    [InlineData("{{time Hour}}", "pl-PL", "13:30")]
    [InlineData("{{time Text}} {{time LocalText}} {{time HourText}} {{date DayText 'd MMM'}}", "pl-PL", "01:59 13:30 13:30 14 mar")]
    [InlineData("[{{date None}}{{time None}}]", "pl-PL", "[]")]
    [InlineData("{{At}}", "pl-PL", "29.03.2026 01:59")]
    [InlineData("{{Local}} {{Day}} {{Hour}}", "pl-PL", "14.03.2026 13:30 14.03.2026 13:30")]
    [InlineData("{{or None (date At 'yyyy')}}", "pl-PL", "2026")]
    public void Render_InCultureAndZone_ReadsAsThereUsual(string text, string culture, string expected) =>
        Assert.Equal(expected, Hbs.Render(Hbs.Source(text), Data, Hbs.In(culture, "Europe/Warsaw")));

    [Theory]
    [InlineData("{{date Name}}", "not a date")]
    [InlineData("{{date Hour}}", "not a date")]
    [InlineData("{{time Day}}", "no time of day")]
    [InlineData("{{date Day 'HH:mm'}}", "does not fit")]
    [InlineData("{{date}}", "Give a value")]
    [InlineData("{{date At 'd' 'e'}}", "Give a value")]
    [InlineData("{{date At ''}}", "A format has")]
    [InlineData("{{date Missing}}", "'Missing' is missing")]
    public void Render_WrongArgument_SaysWhatIsWrong(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<TemplateException>(() => Hbs.Render(Hbs.Source(text), Data)).Message, StringComparison.Ordinal);
}
