using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Templates.Stored;

public sealed class StoredTemplatesTests
{
    private static readonly TenantId Salon = new("salon");

    [Fact]
    public async Task Save_First_IsActiveAndFoundAtOnce()
    {
        await using var harness = new TemplateHarness();
        Assert.Null(await harness.ReadAsync("hi", "pl-PL"));

        var saved = await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "one", "PL_pl") with { Version = 99, Category = "news" });

        Assert.Equal((1, "pl-PL"), (saved.Version, saved.Locale));
        Assert.Equal("one", await harness.ReadAsync("hi", "pl-PL"));
    }

    [Fact]
    public async Task Save_Again_MakesTheNextVersionAndKeepsTheFirst()
    {
        await using var harness = new TemplateHarness();
        await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "one"));
        await harness.ReadAsync("hi", "pl");

        var second = await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "two"));

        Assert.Equal(2, second.Version);
        Assert.Equal(("two", "one"), (await harness.ReadAsync("hi", "pl"), await harness.ReadAsync("hi", "pl", version: 1)));
    }

    [Fact]
    public async Task Save_CloserLocaleLater_DoesNotTakeThePinnedNumber()
    {
        await using var harness = new TemplateHarness();
        var pinned = await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "pl", "pl"));

        var closer = await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "pl-PL", "pl-PL"));

        Assert.NotEqual(pinned.Version, closer.Version);
        Assert.Equal(("pl", "pl-PL"), (await harness.ReadAsync("hi", "pl-PL", version: pinned.Version), await harness.ReadAsync("hi", "pl-PL")));
    }

    [Fact]
    public async Task Save_TenantsOwnLater_DoesNotTakeThePinnedNumber()
    {
        await using var harness = new TemplateHarness();
        var pinned = await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "shared"));

        await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "own", tenant: "salon"));

        Assert.Equal(("shared", "own"), (await harness.ReadAsync("hi", "pl", version: pinned.Version), await harness.ReadAsync("hi", "pl")));
        Assert.Equal("shared", await harness.ReadAsync("hi", "pl", "another"));
    }

    [Fact]
    public async Task Save_ManyAtOnce_AllGetANumberOfTheirOwn()
    {
        await using var harness = new TemplateHarness();

        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await harness.Templates.SaveAsync(TemplateHarness.Text("hi", $"{i}")))));

        Assert.Equal(Enumerable.Range(1, 8), saved.Select(s => s.Version).Order());
        Assert.Equal(saved.Single(s => s.Version == 8).Text, await harness.ReadAsync("hi", "pl"));
    }

    [Fact]
    public async Task Save_DoesNotCompile_KeepsNothing()
    {
        await using var harness = new TemplateHarness();

        await Assert.ThrowsAsync<TemplateException>(async () => await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "{!")));

        Assert.Null(await harness.ReadAsync("hi", "pl"));
        Assert.Empty((await harness.Templates.ListAsync(null)).Items);
    }

    [Theory]
    [InlineData("bad code", "email", "pl", "x", "Code")]
    [InlineData("", "email", "pl", "x", "Code")]
    [InlineData("a|b", "email", "pl", "x", "Code")]
    [InlineData("hi", "e mail", "pl", "x", "Kind")]
    [InlineData("hi", "email", "polish", "x", "Locale")]
    [InlineData("hi", "email", "", "x", "Locale")]
    [InlineData("hi", "email", "pl", null, "Text")]
    public async Task Save_WrongField_IsNamed(string code, string kind, string locale, string? text, string field)
    {
        await using var harness = new TemplateHarness();
        var template = new TemplateVersion { Code = code, Kind = kind, Locale = locale, Text = text };

        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await harness.Templates.SaveAsync(template));

        Assert.Equal($"template.{field}", exception.ParamName);
    }

    [Fact]
    public async Task Save_OverlongPartOrWrongTenant_IsNamed()
    {
        await using var harness = new TemplateHarness();
        var template = TemplateHarness.Text("hi", "x");

        Assert.Equal("template.Html", (await Assert.ThrowsAsync<ArgumentException>(async () => await harness.Templates.SaveAsync(template with { Html = new string('x', 1_000_001) }))).ParamName);
        Assert.Equal("template.Tenant", (await Assert.ThrowsAsync<ArgumentException>(async () => await harness.Templates.SaveAsync(template with { Tenant = new("*") }))).ParamName);
        Assert.Equal("template.Layout", (await Assert.ThrowsAsync<ArgumentException>(async () => await harness.Templates.SaveAsync(template with { Layout = "../x" }))).ParamName);
    }

    [Fact]
    public async Task Activate_EarlierVersion_TakesItsPlace()
    {
        await using var harness = new TemplateHarness();
        await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "one"));
        await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "two"));
        await harness.ReadAsync("hi", "pl");

        Assert.True(await harness.Templates.ActivateAsync(null, "hi", "email", "default", 1));
        Assert.False(await harness.Templates.ActivateAsync(null, "hi", "email", "default", 3));
        Assert.False(await harness.Templates.ActivateAsync(Salon, "hi", "email", "default", 1));

        Assert.Equal("one", await harness.ReadAsync("hi", "pl"));
        Assert.Equal(3, (await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "three"))).Version);
    }

    [Fact]
    public async Task Delete_Active_IsGoneButPinnedOnesStay()
    {
        await using var harness = new TemplateHarness();
        await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "one", "pl"));
        await harness.ReadAsync("hi", "pl");

        Assert.True(await harness.Templates.DeleteAsync(null, "hi", "email", "PL"));
        Assert.False(await harness.Templates.DeleteAsync(null, "hi", "email", "pl"));

        Assert.Null(await harness.ReadAsync("hi", "pl"));
        Assert.Equal("one", await harness.ReadAsync("hi", "pl", version: 1));
        Assert.Equal(2, (await harness.Templates.SaveAsync(TemplateHarness.Text("hi", "two", "pl"))).Version);
    }

    [Fact]
    public async Task List_ByCategoryAndPage_IsOfOneOwnerByCode()
    {
        await using var harness = new TemplateHarness();
        foreach (var code in new[] { "c", "a", "b" })
        {
            await harness.Templates.SaveAsync(TemplateHarness.Text(code, "x") with { Category = code == "b" ? "other" : "news" });
            await harness.Templates.SaveAsync(TemplateHarness.Text(code, "y", tenant: "salon"));
        }

        await harness.Templates.SaveAsync(TemplateHarness.Text("a", "x2") with { Category = "news" });

        var first = await harness.Templates.ListAsync(null, limit: 2);
        var second = await harness.Templates.ListAsync(null, cursor: first.Next, limit: 2);
        Assert.Equal(["a", "b"], first.Items.Select(t => t.Code));
        Assert.Equal(["c"], second.Items.Select(t => t.Code));
        Assert.Null(second.Next);
        Assert.Equal(["x2", "x"], (await harness.Templates.ListAsync(null, "news")).Items.Select(t => t.Text));
        Assert.Equal(["y", "y", "y"], (await harness.Templates.ListAsync(Salon)).Items.Select(t => t.Text));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await harness.Templates.ListAsync(null, limit: 101));
    }

    [Fact]
    public async Task Save_PartialAndLayout_CountForTheOwnersTemplatesAtOnce()
    {
        await using var harness = new TemplateHarness(m => m.AddTemplate("hi", "email", text: "{>footer}"));
        await harness.Templates.SaveAsync(new TemplateVersion { Code = "footer", Kind = TemplateVersion.PartialKind, Text = "shared" });
        Assert.Equal("shared", await harness.ReadAsync("hi", "pl"));

        await harness.Templates.SaveAsync(new TemplateVersion { Tenant = Salon, Code = "footer", Kind = TemplateVersion.PartialKind, Text = "own" });
        await harness.Templates.SaveAsync(new TemplateVersion { Tenant = Salon, Code = "email", Kind = TemplateVersion.LayoutKind, Text = "[{body}]" });

        Assert.Equal(("[own]", "shared"), (await harness.ReadAsync("hi", "pl"), await harness.ReadAsync("hi", "pl", "another")));

        await harness.Templates.SaveAsync(new TemplateVersion { Code = "footer", Kind = TemplateVersion.PartialKind, Text = "new" });
        Assert.Equal("new", await harness.ReadAsync("hi", "pl", "another"));
    }

    [Fact]
    public async Task Save_BrokenPartialOrLayout_IsAnError()
    {
        await using var harness = new TemplateHarness();
        await Assert.ThrowsAsync<TemplateException>(async () =>
            await harness.Templates.SaveAsync(new TemplateVersion { Code = "footer", Kind = TemplateVersion.PartialKind, Html = "{!" }));
        await Assert.ThrowsAsync<TemplateException>(async () =>
            await harness.Templates.SaveAsync(new TemplateVersion { Code = "email", Kind = TemplateVersion.LayoutKind, Html = "{!{body}" }));
    }

    [Fact]
    public async Task Preview_OfARecipient_RendersAllParts()
    {
        await using var harness = new TemplateHarness(m => m.ConfigureTenant("salon", t => (t.Locale, t.TimeZone) = ("pl-PL", "Europe/Warsaw")));
        await harness.Templates.SaveAsync(new TemplateVersion { Code = "hi", Kind = "email", Subject = "s {Name}", Html = "{culture} {zone}" });
        var reference = new TemplateReference("hi") { Data = TemplateData.From([KeyValuePair.Create("Name", (object?)"Anna")]) };

        var preview = await harness.Templates.PreviewAsync(Salon, reference, "email");
        var other = await harness.Templates.PreviewAsync(Salon, reference, "email", "de-DE", "America/New_York");

        Assert.Equal(("s Anna", null, "pl-PL Europe/Warsaw"), (preview.Content.Subject, preview.Content.Text, preview.Content.Html));
        Assert.Equal("de-DE America/New_York", other.Content.Html);
        Assert.Equal(["Name", "culture", "zone"], preview.Variables);
        Assert.Equal(1, preview.Version.Version);
    }

    [Fact]
    public async Task Preview_WrongArguments_SayWhatIsWrong()
    {
        await using var harness = new TemplateHarness(m => m.AddTemplate("hi", "email", text: "{Name}"));

        Assert.Contains("'nope'", (await Assert.ThrowsAsync<TemplateException>(async () => await harness.Templates.PreviewAsync(Salon, new("nope"), "email"))).Message, StringComparison.Ordinal);
        Assert.Equal("Name", (await Assert.ThrowsAsync<TemplateException>(async () => await harness.Templates.PreviewAsync(Salon, new("hi"), "email"))).Variable);
        Assert.Equal("timeZone", (await Assert.ThrowsAsync<ArgumentException>(async () => await harness.Templates.PreviewAsync(Salon, new("hi"), "email", timeZone: "Mars"))).ParamName);
    }
}
