namespace Messaging.Templates.Handlebars.Helpers;

public sealed class FunctionsTests
{
    [Theory]
    [InlineData("eq Five 5", true)]
    [InlineData("eq Five Decimal", true)]
    [InlineData("eq Name 'Anna'", true)]
    [InlineData("eq Five '5'", false)]
    [InlineData("eq Missing null", true)]
    [InlineData("eq Day Day", true)]
    [InlineData("ne Name 'Ewa'", true)]
    [InlineData("lt Five 6", true)]
    [InlineData("lt Missing 6", false)]
    [InlineData("gt Five 4", true)]
    [InlineData("gt Name 'Aaa'", true)]
    [InlineData("lt Day Day", false)]
    [InlineData("not Missing", true)]
    [InlineData("not Empty", true)]
    [InlineData("not Name", false)]
    [InlineData("and Name Five", true)]
    [InlineData("and Name Missing Five", false)]
    [InlineData("or Missing Zero Name", true)]
    [InlineData("or Missing Zero", false)]
    [InlineData("and (eq Name 'Anna') (or Missing (gt Five 1))", true)]
    public void If_OfAFunction_FollowsIt(string condition, bool expected)
    {
        var text = $"{{{{#if ({condition})}}}}True{{{{else}}}}False{{{{/if}}}}";

        Assert.Equal(expected.ToString(), Hbs.Render(
            text, ("Name", "Anna"), ("Five", 5), ("Decimal", 5.0m), ("Zero", 0), ("Empty", Array.Empty<int>()), ("Day", new DateOnly(2026, 1, 5))));
    }

    [Theory]
    [InlineData("{{or Nick Name}}", "Anna")]
    [InlineData("{{eq Name Name}}", "true")]
    [InlineData("{{lookup Name 'Length'}}", "")]
    [InlineData("{{lookup Missing 'x'}}", "")]
    public void Print_AFunction_WritesItsValue(string text, string expected) => Assert.Equal(expected, Hbs.Render(text, ("Name", "Anna")));

    [Theory]
    [InlineData("{{#if (eq Name)}}{{/if}}", "Give 2 arguments")]
    [InlineData("{{#if (and Name)}}{{/if}}", "at least 2")]
    public void Call_WrongNumberOfArguments_SaysHowMany(string text, string expected) =>
        Assert.Contains(expected, Hbs.Error(text, ("Name", "Anna")), StringComparison.Ordinal);
}
