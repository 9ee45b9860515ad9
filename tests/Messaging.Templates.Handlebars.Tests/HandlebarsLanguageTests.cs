namespace Messaging.Templates.Handlebars;

public sealed class HandlebarsLanguageTests
{
    private static readonly (string, object?) Services = ("Services", new[] { Hbs.Data(("Name", "cut"), ("Price", 10)), Hbs.Data(("Name", "colour"), ("Price", 20)) });

    [Theory]
    [InlineData("{{#if Vip}}a{{else}}b{{/if}}", "b")]
    [InlineData("{{#if Count}}a{{else if Name}}b{{else}}c{{/if}}", "b")]
    [InlineData("{{#if Count includeZero=true}}a{{else}}b{{/if}}", "a")]
    [InlineData("{{#unless Vip}}a{{/unless}}", "a")]
    [InlineData("{{^Vip}}a{{/Vip}}", "a")]
    [InlineData("{{#if Name}}a{{^}}b{{/if}}", "a")]
    [InlineData("{{#if (eq Name 'Anna')}}a{{/if}}", "a")]
    [InlineData("{{#if (and Name (not Vip))}}a{{/if}}", "a")]
    [InlineData("{{#if Missing}}a{{else}}b{{/if}}", "b")]
    [InlineData("{{#if Missing.Deeper}}a{{else}}b{{/if}}", "b")]
    public void Conditions_OfAllKinds_Choose(string text, string expected) =>
        Assert.Equal(expected, Hbs.Render(text, ("Name", "Anna"), ("Vip", false), ("Count", 0)));

    [Theory]
    [InlineData("{{#each Services}}{{@index}}{{Name}}{{#unless @last}}, {{/unless}}{{/each}}", "0cut, 1colour")]
    [InlineData("{{#each Services}}{{#if @first}}[{{/if}}{{Name}}{{/each}}", "[cutcolour")]
    [InlineData("{{#each Services as |s i|}}{{i}}:{{s.Name}}/{{Name}} {{/each}}", "0:cut/cut 1:colour/colour ")]
    [InlineData("{{#each Services as |value index|}}{{index}}:{{value.Name}} {{/each}}", "0:cut 1:colour ")]
    [InlineData("{{#each Services}}{{../Name}}-{{Name}} {{/each}}", "Anna-cut Anna-colour ")]
    [InlineData("{{#each Services}}{{#if Price}}{{../Name}}{{/if}}{{/each}}", "AnnaAnna")]
    [InlineData("{{#each Services}}{{@root.Name}}{{/each}}", "AnnaAnna")]
    [InlineData("{{#each Services}}{{#each ../Services}}{{Name}}/{{../Name}} {{/each}}{{/each}}", "cut/cut colour/cut cut/colour colour/colour ")]
    [InlineData("{{#each Empty}}x{{else}}none of {{Name}}{{/each}}", "none of Anna")]
    [InlineData("{{#each Missing}}x{{else}}none{{/each}}", "none")]
    [InlineData("{{#each Words}}{{this}},{{.}};{{/each}}", "a,a;b,b;")]
    [InlineData("{{#each Salon}}{{@key}}={{this}};{{/each}}", "Name=Róża;Phone=5;")]
    [InlineData("{{#each Salon as |value key|}}{{key}}={{value}};{{/each}}", "Name=Róża;Phone=5;")]
    [InlineData("{{#Services}}{{Name}};{{else}}none{{/Services}}", "cut;colour;")]
    [InlineData("{{#Empty}}x{{else}}none{{/Empty}}", "none")]
    [InlineData("{{#Salon}}{{Phone}}{{/Salon}}", "5")]
    [InlineData("{{#Salon.Name}}{{this}}{{/Salon.Name}}", "Róża")]
    [InlineData("{{#Yes}}{{Name}}{{/Yes}}", "Anna")]
    [InlineData("{{#with Salon}}{{Name}} {{../Name}}{{/with}}", "Róża Anna")]
    [InlineData("{{#with Salon as |s|}}{{s.Name}} {{Name}}{{/with}}", "Róża Róża")]
    [InlineData("{{#with Missing}}x{{else}}{{Name}}{{/with}}", "Anna")]
    [InlineData("{{Services.0.Name}} {{Services.[1].Name}} {{Services.length}}", "cut colour 2")]
    [InlineData("{{Salon/Name}} {{./Name}} {{this.Name}} {{#if Salon/Name}}{{or ./Name 1}}{{/if}}", "Róża Anna Anna Anna")]
    [InlineData("{{#with Salon}}{{../Salon/Name}} {{../this.Name}} {{#with ../this}}{{Name}}{{/with}}{{#with ..}}{{Name}}{{/with}}{{/with}}", "Róża Anna AnnaAnna")]
    [InlineData("{{lookup Salon 'Phone'}} {{lookup Words 1}} {{#with (lookup Services 0)}}{{Name}}{{/with}}", "5 b cut")]
    public void Lists_OfAllKinds_Repeat(string text, string expected) =>
        Assert.Equal(expected, Hbs.Render(
            text, ("Name", "Anna"), Services, ("Empty", Array.Empty<int>()), ("Words", new[] { "a", "b" }), ("Yes", true), ("Salon", Hbs.Data(("Name", "Róża"), ("Phone", 5)))));

    /// <summary>Handlebars.Net looks such a name up at a place that a block parameter may have by the chance of its hash: with so many, one has.</summary>
    [Theory]
    [InlineData("Last")]
    [InlineData("first")]
    [InlineData("Index")]
    public void Names_LikeThoseOfLoops_AreNeverABlockParameter(string name)
    {
        var text = string.Concat(Enumerable.Range(0, 450).Select(i => $"{{{{#each Items as |p{i}|}}}}{{{{#if {name}}}}}{i} {{{{/if}}}}{{{{/each}}}}"));

        Assert.Equal("", Hbs.Render(text, ("Items", new[] { Hbs.Data((name, false)) })));
    }

    [Theory]
    [InlineData("First")]
    [InlineData("last")]
    [InlineData("Value")]
    [InlineData("Key")]
    [InlineData("Index")]
    [InlineData("Root")]
    [InlineData("Parent")]
    public void Names_LikeThoseOfLoops_MeanTheData(string name)
    {
        var text = $"{{{{#each Items as |item i|}}}}{{{{{name}}}}}{{{{#if {name}}}}}!{{{{/if}}}}{{{{or {name} 'wrong'}}}} {{{{@index}}}}{{{{/each}}}}{{{{{name}}}}}{{{{#with {name} as |v|}}}}{{{{v}}}}{{{{../{name}}}}}{{{{#if ../{name}}}}}?{{{{/if}}}}{{{{/with}}}}";

        Assert.Equal("a!a 0b!b 1ccc?", Hbs.Render(text, ("Items", new[] { Hbs.Data((name, "a")), Hbs.Data((name, "b")) }), (name, "c")));
    }

    [Fact]
    public void Names_DifferInCase_AreDifferent() =>
        Assert.Equal("a b A a", Hbs.Render("{{Name}} {{name}} {{Date}} {{Name}}", ("Name", "a"), ("name", "b"), ("Date", "A")));

    [Fact]
    public void Names_OfHelpersInTheData_ArePrintedWithoutArguments() =>
        Assert.Equal("noon 2026", Hbs.Render("{{time}} {{date date 'yyyy'}}", ("time", "noon"), ("date", new DateOnly(2026, 1, 5))));

    [Fact]
    public void Names_OfHelpersMissingInTheData_AreNamedAsWritten() =>
        Assert.Contains("'Date' is missing", Hbs.Error("{{Date}}"), StringComparison.Ordinal);

    [Fact]
    public void Names_InOtherAlphabets_Work() => Assert.Equal("Anna 5", Hbs.Render("{{imię}} {{Ćwiczenia-2}}", ("imię", "Anna"), ("Ćwiczenia-2", 5)));

    [Theory]
    [InlineData("{{{Raw}}}", "<b>")]
    [InlineData("{{&Raw}}", "<b>")]
    [InlineData("{{& Raw }}", "<b>")]
    [InlineData("{{{Salon.Raw}}}", "<b>")]
    [InlineData("{{{lookup Salon 'Raw'}}}", "<b>")]
    [InlineData("{{Salon.Raw}}", "&lt;b&gt;")]
    [InlineData("{{lookup Salon 'Raw'}}", "&lt;b&gt;")]
    [InlineData("{{#each Items}}{{this}}{{{this}}}{{/each}}", "&lt;i&gt;<i>")]
    [InlineData("{{#each Items as |x|}}{{x}}{{{x}}}{{/each}}", "&lt;i&gt;<i>")]
    [InlineData("{{{Raw}}}{{Raw}}", "<b>&lt;b&gt;")]
    [InlineData("{{or Raw 'x'}}", "&lt;b&gt;")]
    [InlineData("{{Quote}}", "&#39;")]
    [InlineData("{{#each Odd}}{{@key}}{{/each}}", "&lt;k&gt;")]
    [InlineData("{{date Day \"'<'yyyy\"}}", "&lt;2026")]
    [InlineData("{{{date Day \"'<'yyyy\"}}}", "<2026")]
    public void Html_PrintedInEveryWay_IsEscapedUnlessRaw(string text, string expected) =>
        Assert.Equal(expected, Hbs.Render(
            Hbs.Source(text, TemplatePart.Html),
            Hbs.Data(
                ("Raw", "<b>"), ("Quote", "'"), ("Salon", Hbs.Data(("Raw", "<b>"))), ("Items", new[] { "<i>" }), ("Odd", Hbs.Data(("<k>", 1))), ("Day", new DateOnly(2026, 1, 5)))));

    [Theory]
    [InlineData("a {{~Name~}} b", "aAnnab")]
    [InlineData("a {{{~Name~}}} b", "aAnnab")]
    [InlineData("a {{~#if Name~}} b {{~/if~}} c", "abc")]
    [InlineData("a\n{{#if Name}}\nb\n{{/if}}\nc", "a\nb\nc")]
    [InlineData("a\n  {{! note }}  \nb", "a\nb")]
    [InlineData("a {{! note }} b", "a  b")]
    [InlineData("a {{~! note ~}} b", "ab")]
    [InlineData("a {{!-- {{Name}} }} --}}b", "a b")]
    [InlineData("{{! first }}\r\nb{{!}}", "b")]
    [InlineData("\\{{Name}} \\\\{{Name}} \\{ \\", "{{Name}} \\Anna \\{ \\")]
    [InlineData("{ {{Name}} } }}", "{ Anna } }}")]
    [InlineData("{{plural 5 ~}} x", "")]
    public void WhiteSpaceAndEscapes_InTheText_FollowTheLanguage(string text, string expected)
    {
        if (expected.Length > 0)
        {
            Assert.Equal(expected, Hbs.Render(text, ("Name", "Anna")));
        }
        else
        {
            Hbs.Error(text, ("Name", "Anna"));
        }
    }

    [Fact]
    public void Render_LiteralArguments_ReachTheHelper()
    {
        var seen = new List<object?>();
        var helper = new HostHelperRegistration("see", (arguments, _) =>
        {
            seen.AddRange(arguments);
            return null;
        });

        Hbs.Render(Hbs.Compile(Hbs.Source("{{see 'it''s' \"a}}b\" 5 -7 true false null Name Missing (not Name)}}".Replace("''", "’", StringComparison.Ordinal)), helper), Hbs.Data(("Name", "Anna")));

        Assert.Equal(["it’s", "a}}b", 5, -7, true, false, null, "Anna", null, false], seen);
    }
}
