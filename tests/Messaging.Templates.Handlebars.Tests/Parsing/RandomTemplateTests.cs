using System.Text;

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>Whatever somebody writes between braces, it renders or it is refused.</summary>
public sealed class RandomTemplateTests
{
    private static readonly string[] Pieces =
    [
        "{{", "}}", "{{{", "}}}", "{", "}", "#if ", "#each ", "#with ", "/if", "/each", "else", "else if ", "^", "~", "!", "!--", "--", "> p", "(", ")", "eq ", "not ", "date ",
        "number ", "Name", "Items", "Salon.Name", "../", "this", "..", "@index", "@root", "as |a b|", "'d'", "\"x\"", "'", "\"", "5", "\\", "\n", " ", "<b>", "&", "=", "a=Name", "true",
        "Value", "#Salon", "/Salon", "zażółć", "[0]", "*", "#*inline", "@partial-block", "Length", "\u2028", "\ufeff", "\ud800", "__x", "\0",
    ];

    private static readonly string[] Templates =
    [
        "{{Name}}", "{{#if Name}}a{{else}}b{{/if}}", "{{#each Items}}{{this}}{{@index}}{{/each}}", "{{#with Salon as |s|}}{{s.Name}}{{/with}}", "{{> p}}", "{{> p Salon}}",
        "{{> q a=Name}}", "{{#Salon}}{{Name}}{{/Salon}}", "{{! c }}", "{{#each Salon}}{{@key}}{{../Name}}{{/each}}", "{{or (not Name) 'x'}}", "text\n", "  ",
    ];

    private static readonly TemplateData Data = Hbs.Data(
        ("Name", "An<na"), ("Items", new object?[] { 1, "two" }), ("Salon", Hbs.Data(("Name", "<R"), ("Value", 1))), ("Value", 3));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void CompileAndRender_RandomText_IsEscapedOrRefused(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 100; i++)
        {
            var text = Make(random);
            var output = TryRender(text, strict: i % 2 == 0);

            if (!text.Contains("{{{", StringComparison.Ordinal) && !text.Contains('&', StringComparison.Ordinal))
            {
                Assert.DoesNotContain("An<na", output, StringComparison.Ordinal);
                Assert.DoesNotContain("<R", output, StringComparison.Ordinal);
            }

            Assert.DoesNotContain("System.", output, StringComparison.Ordinal);
            Assert.DoesNotContain("Messaging.", output, StringComparison.Ordinal);
        }
    }

    private static string Make(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            text.Append(Templates[random.Next(Templates.Length)]);
        }

        for (var i = random.Next(0, 5); i > 0; i--)
        {
            var place = random.Next(text.Length + 1);
            _ = random.Next(2) == 0 || text.Length == 0 ? text.Insert(place, Pieces[random.Next(Pieces.Length)]) : text.Remove(Math.Min(place, text.Length - 1), 1);
        }

        return text.ToString();
    }

    private static string TryRender(string text, bool strict)
    {
        try
        {
            var partials = new Dictionary<string, string> { ["p"] = "[{{Name}}]\n", ["q"] = "{{a}}{{#if a}}{{> p}}{{/if}}" };
            return Hbs.Render(Hbs.Source(text, TemplatePart.Html) with { Strict = strict, Partials = partials }, Data);
        }
        catch (TemplateException exception)
        {
            Assert.DoesNotContain("Rendering failed", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("The template does not compile", exception.Message, StringComparison.Ordinal);
            return "";
        }
    }
}
