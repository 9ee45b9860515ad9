using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Templates;

public sealed class TemplateWarmUpTests
{
    [Fact]
    public async Task Start_TemplatesOfAllSources_AreCompiledBeforeTheyAreUsed()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplate("hi", "email", text: "x").AddTemplate("bye", "email", text: "y").AddTemplate("p", TemplateVersion.PartialKind, text: "p"));
        await templates.Templates.SaveAsync(TemplateHarness.Text("stored", "z"));
        templates.Engine.Compiled.Clear();

        await templates.Host.StartAsync();
        await templates.ReadAsync("hi", "en");

        Assert.Equal(["x", "y", "z"], templates.Engine.Compiled.Select(s => s.Text).Order());
    }

    [Fact]
    public async Task Start_TemplateOfCodeDoesNotCompile_NamesAllThatDoNot()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplate("hi", "email", text: "{!").AddTemplate("fine", "email", text: "x").AddTemplate("bye", "email", text: "{!"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(templates.Host.StartAsync);

        Assert.Contains("'hi'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'bye'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'fine'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TemplateOfTheHostsSourceDoesNotCompile_StartsAllTheSame()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        templates.Host.Get<IEnumerable<ITemplateProvider>>().OfType<FakeTemplateProvider>().Single().Text["hi"] = "{!";

        await templates.Host.StartAsync();
    }

    [Fact]
    public async Task Start_MoreTemplatesThanAreWarmedUp_CompilesOnlyThose()
    {
        await using var templates = new TemplateHarness(m =>
        {
            m.ConfigureTemplates(o => o.WarmUp = 2);
            for (var i = 0; i < 5; i++)
            {
                m.AddTemplate($"t{i}", "email", text: "x");
            }
        });

        await templates.Host.StartAsync();

        Assert.Equal(2, templates.Engine.Compiled.Count);
    }

    [Fact]
    public async Task Options_OutOfRange_AreNamed()
    {
        await using var templates = new TemplateHarness(m => m.ConfigureTemplates(o => (o.MaxOutputBytes, o.CacheFor) = (1, TimeSpan.Zero)));

        var exception = Assert.Throws<OptionsValidationException>(() => templates.Host.Get<IOptions<TemplateOptions>>().Value);

        Assert.Contains("TemplateOptions.MaxOutputBytes is 1", exception.Message, StringComparison.Ordinal);
        Assert.Contains("TemplateOptions.CacheFor", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_OfTheEngine_ReachIt()
    {
        await using var templates = new TemplateHarness(m => m
            .ConfigureTemplates(o => (o.Strict, o.MaxOutputBytes, o.MaxRenderTime) = (false, 2_048, TimeSpan.FromSeconds(1))).AddTemplate("hi", "email", text: "x"));

        await templates.ReadAsync("hi", "en");

        var source = Assert.Single(templates.Engine.Compiled);
        Assert.Equal((false, 2_048, TimeSpan.FromSeconds(1)), (source.Strict, source.MaxOutputBytes, source.MaxRenderTime));
    }
}
