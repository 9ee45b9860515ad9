using System.Buffers;

namespace Messaging.Templates.Handlebars.Rendering;

public sealed class Utf8TextWriterTests
{
    [Fact]
    public void Render_Warm_AllocatesNothing()
    {
        var template = Hbs.Compile(Hbs.Source(
            "{{Name}} {{Amount}} {{date At 'long'}} {{time At}} {{currency Amount 'PLN'}} {{#if Name}}{{#each Items}}{{Name}}{{/each}}{{/if}}", TemplatePart.Html));
        var data = Hbs.Data(
            ("Name", "<Anna>"), ("Amount", 5.5m), ("At", new DateTimeOffset(2026, 3, 14, 13, 30, 0, TimeSpan.Zero)), ("Items", new[] { Hbs.Data(("Name", "a")), Hbs.Data(("Name", "b")) }));
        var utf8 = new ArrayBufferWriter<byte>(4096);

        Assert.InRange(Allocated(200), 0, 200 * 64);

        long Allocated(int times)
        {
            Repeat(times);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(times);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Repeat(int times)
        {
            for (var i = 0; i < times; i++)
            {
                utf8.ResetWrittenCount();
                template.Render(data, Hbs.Polish, utf8);
            }
        }
    }

    [Fact]
    public void Render_OutputLargerThanTheBuffer_IsWhole()
    {
        var name = string.Concat(Enumerable.Repeat("zażółć <gęślą> ", 20_000));

        Assert.Equal(name, Hbs.Render("{{Name}}", ("Name", name)));
    }

    [Fact]
    public void Render_ValueThatNeedsMoreRoom_IsWhole()
    {
        var format = "'" + new string('x', 62) + "'";

        Assert.Equal(new string('x', 62), Hbs.Render("{{date Day Format}}", ("Day", new DateOnly(2026, 1, 5)), ("Format", format)));
    }

    [Fact]
    public void Render_HalfOfASurrogatePair_IsReplaced() => Assert.Equal("a\ufffdb", Hbs.Render("{{Name}}", ("Name", "a\ud83db")));

    [Theory]
    [InlineData("{{Items}}")]
    [InlineData("{{Salon}}")]
    [InlineData("{{this}}")]
    public void Render_ListOrObjectPrinted_IsAnErrorOrNothing(string text)
    {
        var data = Hbs.Data(("Items", new[] { 1 }), ("Salon", Hbs.Data(("Name", "Róża"))));

        Assert.Contains("{{#each", Assert.Throws<TemplateException>(() => Hbs.Render(Hbs.Source(text), data)).Message, StringComparison.Ordinal);
        Assert.Equal("", Hbs.Render(Hbs.Source(text) with { Strict = false }, data));
    }
}
