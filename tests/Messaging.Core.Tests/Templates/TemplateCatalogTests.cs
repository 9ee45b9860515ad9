using System.Buffers;
using System.Text;
using Messaging.Core.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Templates;

public sealed class TemplateCatalogTests
{
    [Theory]
    [InlineData("pl-PL", "pl-PL")]
    [InlineData("pl_pl", "pl-PL")]
    [InlineData("pl-AT", "pl")]
    [InlineData("pl", "pl")]
    [InlineData("de-DE", "default")]
    [InlineData("en", "default")]
    [InlineData("nonsense", "default")]
    public async Task Resolve_LocaleChain_FindsTheClosest(string wanted, string expected)
    {
        await using var templates = new TemplateHarness(m => m
            .AddTemplate("hi", "email", text: "pl-PL", locale: "pl-PL").AddTemplate("hi", "email", text: "pl", locale: "pl")
            .AddTemplate("hi", "email", text: "en-ZA", locale: "en-ZA").AddTemplate("hi", "email", text: "default"));

        Assert.Equal(expected, await templates.ReadAsync("hi", wanted));
    }

    [Fact]
    public async Task Resolve_NoDefault_FallsBackToTheTenantsLanguageThenTheSuites()
    {
        await using var templates = new TemplateHarness(m => m
            .Configure(o => o.DefaultLocale = "en-GB").ConfigureTenant("polish", t => t.Locale = "pl-PL")
            .AddTemplate("hi", "email", text: "pl", locale: "pl").AddTemplate("hi", "email", text: "en", locale: "en"));

        Assert.Equal("pl", await templates.ReadAsync("hi", "de", "polish"));
        Assert.Equal("en", await templates.ReadAsync("hi", "de", "other"));
        Assert.Equal("pl", await templates.ReadAsync("hi", null, "polish"));
    }

    [Fact]
    public async Task Resolve_TenantsOwnSet_GoesFirstEvenInAFartherLocale()
    {
        await using var templates = new TemplateHarness(m => m
            .AddTemplate(TemplateHarness.Text("hi", "shared pl", "pl")).AddTemplate(TemplateHarness.Text("hi", "own default", tenant: "salon")));

        Assert.Equal("own default", await templates.ReadAsync("hi", "pl"));
        Assert.Equal("shared pl", await templates.ReadAsync("hi", "pl", "another"));
    }

    [Fact]
    public async Task Resolve_SeveralProviders_AsksInOrder()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>().AddTemplate("hi", "email", text: "code"));
        templates.Host.Get<IEnumerable<ITemplateProvider>>().OfType<FakeTemplateProvider>().Single().Text["other"] = "host";

        Assert.Equal("code", await templates.ReadAsync("hi", "pl"));
        Assert.Equal("host", await templates.ReadAsync("other", "pl"));
    }

    [Fact]
    public async Task Resolve_Warm_AnswersAtOnceWithoutAllocating()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplate("hi", "email", text: "x"));
        await templates.FindAsync("hi", "pl-PL");
        var catalog = templates.Catalog;
        var tenant = new TenantId("salon");

        // Code that is compiled anew meanwhile counts once; what each call allocates would count in every round.
        Assert.Contains(Enumerable.Range(0, 10).Select(_ => Ask(1_000)), allocated => allocated == 0);

        long Ask(int times)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++)
            {
                var found = catalog.ResolveAsync(tenant, "hi", "email", "pl-PL", null, CancellationToken.None);
                if (!found.IsCompletedSuccessfully)
                {
                    Assert.Fail("A warm template is answered without waiting.");
                }
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public async Task Resolve_ManyLocalesOfOneVersion_CompileItOnce()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplate("hi", "email", subject: "s", text: "t", html: "h"));

        foreach (var locale in new[] { "pl", "en", "de-AT", "fr" })
        {
            Assert.Equal("sth", await templates.ReadAsync("hi", locale, "tenant-" + locale));
        }

        Assert.Equal(3, templates.Engine.Compiled.Count);
    }

    [Fact]
    public async Task Resolve_ManyCallersAtOnce_AskTheSourceOnce()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        var source = Source(templates);
        source.Text["hi"] = "x";
        source.Hold = new TaskCompletionSource();

        var waiting = Enumerable.Range(0, 10).Select(_ => templates.FindAsync("hi", "en")).ToArray();
        source.Hold.SetResult();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Single(templates.Engine.Compiled);
    }

    [Fact]
    public async Task Resolve_OneCallerGivesUp_TheOthersStillGetIt()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        var source = Source(templates);
        source.Text["hi"] = "x";
        source.Hold = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();

        var first = templates.Catalog.ResolveAsync(new TenantId("salon"), "hi", "email", "en", null, cancellation.Token).AsTask();
        var second = templates.FindAsync("hi", "en");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        source.Hold.SetResult();

        Assert.NotNull(await second.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Resolve_Expired_LooksAgainAndCompilesOnlyWhatChanged()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        var source = Source(templates);
        source.Text["hi"] = "before";
        source.Text["same"] = "same";
        await templates.ReadAsync("hi", "en");
        await templates.ReadAsync("same", "en");
        source.Text["hi"] = "after";

        Assert.Equal("before", await templates.ReadAsync("hi", "en"));
        templates.Host.Time.Advance(TimeSpan.FromSeconds(3_600));

        Assert.Equal(("after", "same"), (await templates.ReadAsync("hi", "en"), await templates.ReadAsync("same", "en")));
        Assert.Equal(["before", "same", "after"], templates.Engine.Compiled.Select(s => s.Text));
    }

    [Fact]
    public async Task Resolve_SourceSaysItChanged_LooksAgainAtOnce()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        var source = Source(templates);
        source.Text["hi"] = "before";
        await templates.ReadAsync("hi", "en");
        Assert.Null(await templates.ReadAsync("new", "en"));

        source.Text["hi"] = "after";
        source.Text["new"] = "new";
        source.Fire();

        Assert.Equal(("after", "new"), (await templates.ReadAsync("hi", "en"), await templates.ReadAsync("new", "en")));
    }

    [Fact]
    public async Task Resolve_Unknown_IsRememberedForAMinute()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        var source = Source(templates);
        Assert.Null(await templates.FindAsync("hi", "en"));
        var asked = source.Asked;

        Assert.Null(await templates.FindAsync("hi", "en"));
        Assert.Equal(asked, source.Asked);

        source.Text["hi"] = "x";
        templates.Host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("x", await templates.ReadAsync("hi", "en"));
    }

    [Fact]
    public async Task Resolve_ManyUnknown_DoNotPushOutWhatIsUsed()
    {
        await using var templates = new TemplateHarness(m => m.ConfigureTemplates(o => o.CacheSize = 16).AddTemplate("hi", "email", text: "x"));
        await templates.FindAsync("hi", "en");

        for (var i = 0; i < 3_000; i++)
        {
            Assert.Null(await templates.FindAsync($"unknown-{i}", "en"));
        }

        Assert.Equal("x", await templates.ReadAsync("hi", "en"));
        Assert.Single(templates.Engine.Compiled);
    }

    [Fact]
    public async Task Resolve_SourceFailsAfterExpiry_ServesWhatItHadForAMinute()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        var source = Source(templates);
        source.Text["hi"] = "before";
        await templates.ReadAsync("hi", "en");
        source.Failure = new IOException("down");
        templates.Host.Time.Advance(TimeSpan.FromSeconds(3_600));

        Assert.Equal("before", await templates.ReadAsync("hi", "en"));
        await Assert.ThrowsAsync<IOException>(() => templates.ReadAsync("never seen", "en"));

        (source.Failure, source.Text["hi"]) = (null, "after");
        templates.Host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("after", await templates.ReadAsync("hi", "en"));
    }

    [Fact]
    public async Task Resolve_DoesNotCompile_ThrowsEachTime()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplate("hi", "email", text: "{!"));

        await Assert.ThrowsAsync<TemplateException>(() => templates.FindAsync("hi", "en"));
        await Assert.ThrowsAsync<TemplateException>(() => templates.FindAsync("hi", "en"));
    }

    [Fact]
    public async Task Resolve_NoEngine_SaysWhichPackageToAdd()
    {
        await using var host = new CoreHost(m => m.AddTemplate("hi", "email", text: "x"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await host.Get<ITemplateCatalog>().ResolveAsync(TenantId.Default, "hi", "email", "en", null, CancellationToken.None));

        Assert.Contains("UseHandlebars()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_PinnedVersionOfAChangedFile_LivesOnInMemory()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplateProvider<FakeTemplateProvider>());
        var source = Source(templates);
        source.Text["hi"] = "before";
        var pinned = (await templates.FindAsync("hi", "pl-PL"))!.Version.Version;

        source.Text["hi"] = "after";
        source.Fire();

        Assert.Equal("after", await templates.ReadAsync("hi", "pl-PL"));
        Assert.Equal("before", await templates.ReadAsync("hi", "pl-PL", version: pinned));
    }

    [Fact]
    public async Task Resolve_PinnedVersionOfAFileThatNobodyRemembers_IsThePresentOne()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplate("hi", "email", text: "present"));

        Assert.Equal("present", await templates.ReadAsync("hi", "en", version: int.MaxValue));
        Assert.Null(await templates.ReadAsync("hi", "en", version: 7));
    }

    [Fact]
    public async Task Resolve_PartialsAndLayouts_AreTheClosestOfTheLocaleAndTheTenantsOwn()
    {
        await using var templates = new TemplateHarness(m => m
            .AddTemplate(TemplateHarness.Text("hi", "{>greeting}")).AddTemplate(TemplateHarness.Text("hi", "{>greeting}!", "pl"))
            .AddTemplate("greeting", TemplateVersion.PartialKind, text: "hello").AddTemplate("greeting", TemplateVersion.PartialKind, text: "cześć", locale: "pl")
            .AddTemplate("email", TemplateVersion.LayoutKind, text: "[{body}]")
            .AddTemplate(new TemplateVersion { Tenant = new TenantId("own"), Code = "email", Kind = TemplateVersion.LayoutKind, Text = "<{body}>" }));

        Assert.Equal("[cześć!]", await templates.ReadAsync("hi", "pl-PL", "salon"));
        Assert.Equal("[hello]", await templates.ReadAsync("hi", "en", "salon"));
        Assert.Equal("<hello>", await templates.ReadAsync("hi", "en", "own"));
        Assert.Equal("[hello]", await templates.ReadAsync("hi", "en", "salon"));
    }

    [Theory]
    [InlineData(null, "(x)")]
    [InlineData("other", "<x>")]
    [InlineData("none", "x")]
    public async Task Resolve_LayoutOfAVersion_IsTheKindsUnlessItSaysOtherwise(string? layout, string expected)
    {
        await using var templates = new TemplateHarness(m => m
            .AddTemplate(TemplateHarness.Text("hi", "x") with { Layout = layout })
            .AddTemplate("email", TemplateVersion.LayoutKind, text: "({body})").AddTemplate("other", TemplateVersion.LayoutKind, text: "<{body}>"));

        Assert.Equal(expected, await templates.ReadAsync("hi", "en"));
    }

    [Fact]
    public async Task Resolve_LayoutThatDoesNotExist_NamesThoseThatDo()
    {
        await using var templates = new TemplateHarness(m => m
            .AddTemplate(TemplateHarness.Text("hi", "x") with { Layout = "salno" }).AddTemplate("salon", TemplateVersion.LayoutKind, html: "{body}"));

        var exception = await Assert.ThrowsAsync<TemplateException>(() => templates.FindAsync("hi", "en"));

        Assert.Contains("'salno'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("salon", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pl-PL", "pl", "pl-PL")]
    [InlineData(null, "pl", "pl")]
    [InlineData(null, "default", "en-GB")]
    [InlineData("nonsense", "default", "en-GB")]
    public async Task Render_Culture_IsTheWantedOne(string? wanted, string found, string expected)
    {
        await using var templates = new TemplateHarness(m => m.Configure(o => o.DefaultLocale = "en-GB").AddTemplate("hi", "email", text: "{culture}", locale: found));

        Assert.Equal(expected, TemplateHarness.Render(await templates.FindAsync("hi", "pl"), null, wanted));
    }

    [Fact]
    public async Task Render_Parts_StandOneAfterTheOtherWithTheirLengths()
    {
        await using var templates = new TemplateHarness(m => m.AddTemplate("hi", "email", subject: "ż", html: "<b>"));
        var utf8 = new ArrayBufferWriter<byte>();
        utf8.Write("before"u8);

        var lengths = (await templates.FindAsync("hi", "en"))!.Render(TemplateData.Empty, "en", TimeZoneInfo.Utc, utf8);

        Assert.Equal(new RenderedLengths(2, 0, 3), lengths);
        Assert.Equal("beforeż<b>", Encoding.UTF8.GetString(utf8.WrittenSpan));
    }

    [Fact]
    public async Task Resolve_OptionsReloaded_CompilesWithTheNewOnes()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Strict", (string?)"true")]).Build();
        await using var templates = new TemplateHarness(m => m.ConfigureTemplates(configuration).AddTemplate("hi", "email", text: "[{Name}]"));
        await Assert.ThrowsAsync<TemplateException>(() => templates.ReadAsync("hi", "en"));

        configuration["Strict"] = "false";
        configuration.Reload();

        Assert.Equal("[]", await templates.ReadAsync("hi", "en"));
    }

    private static FakeTemplateProvider Source(TemplateHarness templates) =>
        templates.Host.Get<IEnumerable<ITemplateProvider>>().OfType<FakeTemplateProvider>().Single();
}
