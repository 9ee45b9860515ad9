using Messaging.Templates;
using Xunit;

namespace Messaging.Testing.Contracts.Templates;

public abstract partial class TemplateEngineContract
{
    [Fact]
    public void Render_OutputAtTheLimit_Passes() =>
        Assert.Equal(1024, Render(Compile(Syntax.Print("Name"), s => s with { MaxOutputBytes = 1024 }), Data(("Name", new string('x', 1024)))).Length);

    [Theory]
    [InlineData(TemplatePart.Text)]
    [InlineData(TemplatePart.Html)]
    public void Render_OutputOverTheLimit_IsAnError(TemplatePart part)
    {
        var template = Compile(Syntax.Print("Name"), s => s with { Part = part, MaxOutputBytes = 1024 });

        Assert.Throws<TemplateException>(() => Render(template, Data(("Name", new string('x', 1025)))));
        Assert.Throws<TemplateException>(() => Render(template, Data(("Name", new string('ż', 513)))));
    }

    [Fact]
    public void Render_LoopWritesOverTheLimit_IsAnError()
    {
        var template = Compile(Syntax.Each("Items", "0123456789"), s => s with { MaxOutputBytes = 10_000 });

        Assert.Throws<TemplateException>(() => Render(template, Data(("Items", Enumerable.Range(0, 1_001).ToArray()))));
    }

    [Fact]
    public void Render_LoopsThatWriteNothing_EndInTime()
    {
        var clock = new HurryingClock();
        var source = new TemplateSource
        {
            Code = "booking",
            Locale = "pl",
            Part = TemplatePart.Text,
            Text = Syntax.Each("Items", Syntax.Each("Items", Syntax.Each("Items", Syntax.Each("Items", Syntax.Each("Items", ""))))),
            MaxRenderTime = TimeSpan.FromSeconds(5),
        };
        var item = Data(("Items", Enumerable.Repeat((object?)1, 1_000).ToArray()));
        for (var depth = 0; depth < 4; depth++)
        {
            item = Data(("Items", Enumerable.Repeat((object?)item, 1_000).ToArray()));
        }

        var template = CreateEngine(clock).Compile(source);

        Assert.Throws<TemplateException>(() => Render(template, item));
    }

    [Fact]
    public void Compile_OrRenderBomb_EndsWithAnError() =>
        Assert.All(Syntax.Bombs, bomb => Assert.Throws<TemplateException>(() =>
            Render(Compile(bomb.Text, s => s with { Partials = bomb.Partials }), Data(("Name", "Anna"), ("Amount", 1.5m), ("Items", new[] { 1, 2, 3 })))));

    [Fact]
    public void Render_HostileText_ReachesNothing() =>
        Assert.All(Syntax.Hostile, text =>
        {
            var output = TryRender(text);
            Assert.DoesNotContain("System", output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Messaging", output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("root:", output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('4', output);
        });

    [Fact]
    public async Task Render_ManyAtOnce_DoNotDisturbEachOther()
    {
        var template = Compile($"{Syntax.Print("Name")}: {Syntax.Each("Items", $"{Syntax.Print("Amount")} ")}", s => s with { Part = TemplatePart.Html });

        await Parallel.ForAsync(0, 2_000, (i, _) =>
        {
            var context = i % 2 == 0 ? Warsaw : NewYork;
            var amount = i + 0.5m;
            var data = Data(("Name", $"<{i}>"), ("Items", new[] { Data(("Amount", amount)), Data(("Amount", -amount)) }));
            Assert.Equal($"&lt;{i}&gt;: {amount.ToString(context.Culture)} {(-amount).ToString(context.Culture)} ", Render(template, data, context));
            return ValueTask.CompletedTask;
        });
    }

    private string TryRender(string text)
    {
        try
        {
            var template = Compile(text, s => s with { Strict = false });
            return Render(template, Data(("Name", "Anna"), ("Items", new[] { "a", "b", "c" })));
        }
        catch (TemplateException)
        {
            return "";
        }
    }

    /// <summary>A second passes between two looks at this clock.</summary>
    private sealed class HurryingClock : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp() => Interlocked.Increment(ref _seconds) * TimestampFrequency;
    }
}
