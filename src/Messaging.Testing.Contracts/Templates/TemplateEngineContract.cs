using System.Buffers;
using System.Globalization;
using System.Text;
using Messaging.Templates;
using Xunit;

namespace Messaging.Testing.Contracts.Templates;

/// <summary>The promises of <see cref="ITemplateEngine"/>. Derive once per engine.</summary>
public abstract partial class TemplateEngineContract
{
    /// <summary>A recipient in Poland.</summary>
    protected static readonly RenderContext Warsaw = new(CultureInfo.GetCultureInfo("pl-PL"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw"));

    /// <summary>A recipient in New York.</summary>
    protected static readonly RenderContext NewYork = new(CultureInfo.GetCultureInfo("en-US"), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    /// <summary>Gets the engine's language.</summary>
    protected abstract TemplateSyntax Syntax { get; }

    /// <summary>Makes the engine.</summary>
    protected abstract ITemplateEngine CreateEngine(TimeProvider time);

    [Fact]
    public void Render_MarkupInHtml_IsEscaped() =>
        Assert.Equal("<b>&lt;i&gt; &amp; &quot;</b>", Render($"<b>{Syntax.Print("Name")}</b>", Data(("Name", "<i> & \"")), TemplatePart.Html));

    [Theory]
    [InlineData(TemplatePart.Text)]
    [InlineData(TemplatePart.Subject)]
    public void Render_MarkupInPlainParts_StaysAsItIs(TemplatePart part) =>
        Assert.Equal("To: <i> & \"", Render($"To: {Syntax.Print("Name")}", Data(("Name", "<i> & \"")), part));

    [Fact]
    public void Render_MarkupPrintedRaw_StaysAsItIs() =>
        Assert.Equal("<i>&</i>", Render(Syntax.PrintRaw("Name"), Data(("Name", "<i>&</i>")), TemplatePart.Html));

    [Fact]
    public void Render_MarkupInIndentedPartial_IsEscaped() =>
        Assert.DoesNotContain(
            "<i>",
            Render($"<div>\n    {Syntax.Include("card")}\n</div>", Data(("Name", "<i>")), TemplatePart.Html, new() { ["card"] = $"{Syntax.Print("Name")}\n" }),
            StringComparison.Ordinal);

    [Fact]
    public void Render_OtherAlphabets_AreUtf8() =>
        Assert.Equal("Żółć Ωμέγα 漢字 👩‍🎨", Render($"Żółć {Syntax.Print("Name")}", Data(("Name", "Ωμέγα 漢字 👩‍🎨"))));

    [Fact]
    public void Render_LineBreaksInSubject_BecomeSpaces() =>
        Assert.Equal(
            "Hello Anna Bcc: x@example.com",
            Render($" Hello\n{Syntax.Print("Name")} \r\n", Data(("Name", "Anna\r\nBcc: x@example.com\u2028")), TemplatePart.Subject));

    [Fact]
    public void Render_Null_IsNothing() => Assert.Equal("[]", Render($"[{Syntax.Print("Name")}]", Data(("Name", null))));

    [Fact]
    public void Render_NestedMember_IsPrinted() =>
        Assert.Equal("Róża", Render(Syntax.Print("Salon.Name"), Data(("Salon", Data(("Name", "Róża"))))));

    [Fact]
    public void Render_NumbersAndDates_FollowCultureAndZone()
    {
        var data = Data(("Amount", 1234.5m), ("At", new DateTimeOffset(2026, 3, 14, 23, 30, 0, TimeSpan.Zero)));
        var text = $"{Syntax.Print("Amount")} {Syntax.Date("At", "dddd HH:mm")}";

        Assert.Equal("1234,5 niedziela 00:30", Render(text, data, context: Warsaw));
        Assert.Equal("1234.5 Saturday 19:30", Render(text, data, context: NewYork));
    }

    [Fact]
    public void Render_List_RepeatsForEachItem()
    {
        var data = Data(("Items", new[] { Data(("Name", "cut")), Data(("Name", "colour")) }));

        Assert.Equal("cut, colour, ", Render(Syntax.Each("Items", $"{Syntax.Print("Name")}, "), data));
    }

    [Fact]
    public void Render_PartialInLayout_SeesTheSameData()
    {
        var html = Render(
            Syntax.Print("Name"),
            Data(("Name", "Anna"), ("Salon", "Róża")),
            TemplatePart.Html,
            new() { ["footer"] = $"<p>{Syntax.Print("Salon")}</p>" },
            $"<main>{Syntax.Body}</main>{Syntax.Include("footer")}");

        Assert.Equal("<main>Anna</main><p>Róża</p>", html);
    }

    [Fact]
    public void Variables_OfATemplate_AreItsTopLevelNames()
    {
        var text = Syntax.Print("Name") + Syntax.When("Vip", "!") + Syntax.Each("Items", Syntax.Print("Inner")) + Syntax.Print("Salon.Phone");

        Assert.Equal(["Items", "Name", "Salon", "Vip"], Compile(text).Variables.Order(StringComparer.Ordinal));
    }

    /// <summary>Makes data.</summary>
    protected static TemplateData Data(params (string Name, object? Value)[] variables) =>
        TemplateData.From(variables.Select(v => KeyValuePair.Create(v.Name, v.Value)));

    /// <summary>Compiles with a clock that stands still.</summary>
    protected ICompiledTemplate Compile(string text, Func<TemplateSource, TemplateSource>? change = null)
    {
        var source = new TemplateSource { Code = "booking", Locale = "pl", Part = TemplatePart.Text, Text = text };
        return CreateEngine(new ManualTimeProvider()).Compile(change is null ? source : change(source));
    }

    /// <summary>Compiles and renders.</summary>
    protected string Render(
        string text,
        TemplateData data,
        TemplatePart part = TemplatePart.Text,
        Dictionary<string, string>? partials = null,
        string? layout = null,
        RenderContext? context = null) =>
        Render(Compile(text, s => s with { Part = part, Partials = partials ?? [], Layout = layout }), data, context);

    /// <summary>Renders what is compiled.</summary>
    protected static string Render(ICompiledTemplate template, TemplateData data, RenderContext? context = null)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        template.Render(data, context ?? Warsaw, utf8);
        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }
}
