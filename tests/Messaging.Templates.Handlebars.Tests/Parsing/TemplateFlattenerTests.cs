namespace Messaging.Templates.Handlebars.Parsing;

public sealed class TemplateFlattenerTests
{
    [Theory]
    [InlineData("{{> card}}", "[Anna Róża]")]
    [InlineData("{{> card Client}}", "[Ewa -]")]
    [InlineData("{{> card Name=\"Zofia\"}}", "[Zofia Róża]")]
    [InlineData("{{> card Client Salon=Salon}}", "[Ewa Róża]")]
    [InlineData("{{> card Name=(lookup Client 'Name') Salon=Client.Name}}", "[Ewa Ewa]")]
    [InlineData("{{#each Clients}}{{> card Salon=../Salon}}{{/each}}", "[Iga Róża][Ola Róża]")]
    [InlineData("{{> outer Name='Zofia'}}", "([Zofia Róża])")]
    [InlineData("{{> 'card'}}", "[Anna Róża]")]
    [InlineData("a {{~> card ~}} b", "a[Anna Róża]b")]
    [InlineData("a {{~> card Name='x' ~}} b", "a[x Róża]b")]
    public void Partial_WithAndWithoutArguments_SeesItsData(string text, string expected) =>
        Assert.Equal(expected, Render(text, ("card", "[{{Name}} {{#if Salon}}{{Salon}}{{else}}-{{/if}}]"), ("outer", "({{> card}})")));

    [Theory]
    [InlineData("a\n  {{> lines}}\nb", "a\n1\n2\nb")]
    [InlineData("a {{> lines}}\nb", "a 1\n2\n\nb")]
    [InlineData("{{> lines}}", "1\n2\n")]
    public void Partial_AloneOnItsLine_TakesTheLine(string text, string expected) => Assert.Equal(expected, Render(text, ("lines", "1\n2\n")));

    [Theory]
    [InlineData("{{> a}}{{Name}}", "a{")]
    [InlineData("{{> a}}{{Name}}", "a\\")]
    [InlineData("{{Name}}{{> a}}", "} a")]
    public void Partial_WouldMakeBracesWithItsNeighbour_IsAnError(string text, string partial) =>
        Assert.Contains("Put a space", Assert.Throws<TemplateException>(() => Render(text, ("a", partial))).Message, StringComparison.Ordinal);

    [Fact]
    public void Partial_BlockOpenAtItsEnd_IsAnErrorThatNamesThePartial() =>
        Assert.Contains("partial 'a', line 2: The block 'if' is not closed", Assert.Throws<TemplateException>(() => Render("x\n{{> a}}{{/if}}", ("a", "\n{{#if Name}}"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Partial_ClosesABlockOfItsParent_IsAnError() => Assert.Throws<TemplateException>(() => Render("{{#if Name}}{{> a}}", ("a", "{{/if}}")));

    [Fact]
    public void Layout_WithoutBody_IsAnError() =>
        Assert.Contains("{{> body}}", Assert.Throws<TemplateException>(() => Hbs.Compile(Hbs.Source("x") with { Layout = "<main>{{{body}}}</main>" })).Message, StringComparison.Ordinal);

    [Fact]
    public void Layout_WithBlocks_SurroundsTheTemplate() =>
        Assert.Equal("<Anna>Anna!", Hbs.Render(Hbs.Source("{{Name}}") with { Layout = "<{{Name}}>{{#if Name}}{{> body}}!{{/if}}" }, Hbs.Data(("Name", "Anna"))));

    [Fact]
    public void Body_OutsideOfALayout_IsAnOrdinaryPartial() => Assert.Equal("x", Render("{{> body}}", ("body", "x")));

    [Theory]
    [InlineData("one\ntwo {{Name", "line 2: A tag is not closed")]
    [InlineData("{{formt Name}}", "There is no helper 'formt'. There are: and, currency, date")]
    [InlineData("{{#lst Name}}{{/lst}}", "There is no block 'lst'")]
    [InlineData("{{> ftr}}", "There is no partial 'ftr', nor any other")]
    [InlineData("{{#if Name}}{{#each Name}}{{/if}}", "Close 'each' first")]
    [InlineData("a{{Name}}}", "Put a space before a brace")]
    [InlineData("{{@file}}", "There are: @index, @key, @first, @last, @root")]
    public void Compile_Mistake_SaysWhereAndHowToMendIt(string text, string expected) => Assert.Contains(expected, Hbs.Error(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{Name}}{{Salon.Phone}}{{this.Town}}{{./Street}}", "Name,Salon,Street,Town")]
    [InlineData("{{#if A}}{{B}}{{else if C}}{{D}}{{/if}}{{#unless E}}{{/unless}}", "A,B,C,D,E")]
    [InlineData("{{#each A}}{{B}}{{../C}}{{@root.D}}{{#if E}}{{../F}}{{/if}}{{@index}}{{else}}{{G}}{{/each}}", "A,C,D,F,G")]
    [InlineData("{{#each A as |x i|}}{{x.B}}{{i}}{{#each x.C as |y|}}{{y}}{{x}}{{../../D}}{{/each}}{{/each}}", "A,D")]
    [InlineData("{{#with A}}{{B}}{{#with ../C}}{{../../D}}{{/with}}{{/with}}", "A,C,D")]
    [InlineData("{{date A \"d\"}}{{or B (lookup C 'x')}}", "A,B,C")]
    [InlineData("{{#A}}{{B}}{{/A}}{{^C}}{{D}}{{/C}}", "A,C,D")]
    [InlineData("{{> p A}}", "A")]
    [InlineData("{{> p Inner=A}}", "A,Salon")]
    [InlineData("{{> p}}", "Inner,Salon")]
    public void Variables_InEveryKindOfBlock_AreThoseOfTheData(string text, string expected) =>
        Assert.Equal(expected, string.Join(',', Hbs.Compile(Hbs.Source(text) with { Partials = new Dictionary<string, string> { ["p"] = "{{Inner}}{{Salon}}" } }).Variables));

    private static string Render(string text, params (string Name, string Text)[] partials) =>
        Hbs.Render(
            Hbs.Source(text) with { Partials = partials.ToDictionary(p => p.Name, p => p.Text) },
            Hbs.Data(
                ("Name", "Anna"),
                ("Salon", "Róża"),
                ("Client", Hbs.Data(("Name", "Ewa"))),
                ("Clients", new[] { Hbs.Data(("Name", "Iga")), Hbs.Data(("Name", "Ola")) })));
}
