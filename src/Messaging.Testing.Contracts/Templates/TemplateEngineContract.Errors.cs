using System.Buffers;
using Messaging.Templates;
using Xunit;

namespace Messaging.Testing.Contracts.Templates;

public abstract partial class TemplateEngineContract
{
    [Fact]
    public void Render_MissingVariable_NamesTemplateLocaleAndVariable()
    {
        var template = Compile($"Hello {Syntax.Print("FirstName")}");

        var exception = Assert.Throws<TemplateException>(() => Render(template, TemplateData.Empty));

        Assert.Equal(("booking", "pl", TemplatePart.Text, "FirstName"), (exception.Code, exception.Locale, exception.Part, exception.Variable));
        Assert.Contains("'booking'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("FirstName", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MissingMember_IsAnError() =>
        Assert.Throws<TemplateException>(() => Render(Syntax.Print("Salon.Phone"), Data(("Salon", Data(("Name", "Róża"))))));

    [Fact]
    public void Render_MissingArgument_IsAnError() =>
        Assert.Equal("At", Assert.Throws<TemplateException>(() => Render(Syntax.Date("At", "d"), TemplateData.Empty)).Variable);

    [Fact]
    public void Render_MissingVariableLenient_IsNothing()
    {
        var text = $"[{Syntax.Print("FirstName")}{Syntax.Print("Salon.Phone")}{Syntax.Date("At", "d")}]";

        Assert.Equal("[]", Render(Compile(text, s => s with { Strict = false }), TemplateData.Empty));
    }

    [Fact]
    public void Render_MissingVariableInCondition_IsFalse() => Assert.Equal("[]", Render($"[{Syntax.When("Vip", "!")}]", TemplateData.Empty));

    [Fact]
    public void Render_MissingList_IsEmpty() => Assert.Equal("[]", Render($"[{Syntax.Each("Items", "x")}]", TemplateData.Empty));

    [Fact]
    public void Render_Fails_WritesNothingAndTheNextOneSucceeds()
    {
        var template = Compile($"Hello {Syntax.Print("Name")}");
        var utf8 = new ArrayBufferWriter<byte>();

        Assert.Throws<TemplateException>(() => template.Render(TemplateData.Empty, Warsaw, utf8));

        Assert.Equal(0, utf8.WrittenCount);
        Assert.Equal("Hello Anna", Render(template, Data(("Name", "Anna"))));
    }

    [Fact]
    public void Compile_BrokenText_SaysWhichTemplate() =>
        Assert.All(Syntax.Broken, text =>
        {
            var exception = Assert.Throws<TemplateException>(() => Compile(text));
            Assert.Contains("'booking' (pl, text)", exception.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void Compile_UnknownPartial_IsAnErrorThatNamesIt()
    {
        var exception = Assert.Throws<TemplateException>(() => Compile(Syntax.Include("foter"), s => s with { Partials = new Dictionary<string, string> { ["footer"] = "" } }));

        Assert.Contains("foter", exception.Message, StringComparison.Ordinal);
        Assert.Contains("footer", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ErrorTexts_QuoteNoData()
    {
        var template = Compile(Syntax.Date("Secret", "d") + Syntax.Each("Secret", "x"));

        var exception = Assert.Throws<TemplateException>(() => Render(template, Data(("Secret", "hunter2"))));

        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }
}
