using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Primitives;

namespace Messaging.Templates.Directories;

public sealed class DirectoryTemplateProviderTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _root = Directory.CreateTempSubdirectory("templates-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Find_PartsOfOneTemplate_AreTogether()
    {
        Write("booking.email.pl.html", "---\nlayout: salon\ncategory: transactional\n---\n<p>{Name}</p>");
        Write("sub/folder/booking.email.pl.txt", "{Name}");
        Write("booking.email.pl.subject", "Wizyta");
        using var provider = Provider();

        var found = await FindAsync(provider, "booking", "PL");

        Assert.NotNull(found);
        Assert.Equal(("Wizyta", "{Name}", "<p>{Name}</p>", "salon", "transactional"), (found.Subject, found.Text, found.Html, found.Layout, found.Category));
        Assert.True(ContentVersion.IsOne(found.Version));
        Assert.Equal(found, await FindAsync(provider, "booking", "pl", found.Version));
        Assert.Null(await FindAsync(provider, "booking", "pl", found.Version ^ 1));
        Assert.Null(await FindAsync(provider, "booking", TemplateVersion.DefaultLocale));
    }

    [Fact]
    public async Task Find_Tenant_HasASetOfItsOwn()
    {
        Write("hi.email.txt", "shared");
        Write("_tenants/salon/hi.email.txt", "own");
        Write("_tenants/salon/_partials/footer.txt", "own footer");
        Write("_partials/footer.txt", "footer");
        using var provider = Provider();

        Assert.Equal("own", (await FindAsync(provider, "hi", TemplateVersion.DefaultLocale, tenant: "salon"))!.Text);
        Assert.Equal("shared", (await FindAsync(provider, "hi", TemplateVersion.DefaultLocale))!.Text);
        Assert.Equal("own footer", (await provider.GetPartialsAsync(new TenantId("salon"), default))["_partials/footer.txt"]);
        Assert.Equal("footer", (await provider.GetPartialsAsync(null, default))["_partials/footer.txt"]);
        Assert.Empty(await provider.GetPartialsAsync(new TenantId("another"), default));
        Assert.Equal(2, await provider.ListAsync(default).CountAsync());
    }

    [Fact]
    public async Task Find_TwoDirectories_TheFirstWins()
    {
        Write("a/hi.email.txt", "first");
        Write("a/_partials/p.txt", "first");
        Write("b/hi.email.txt", "second");
        Write("b/other.email.txt", "second");
        Write("b/_partials/p.txt", "second");
        using var provider = new DirectoryTemplateProvider([new(Path.Combine(_root, "a")), new(Path.Combine(_root, "b"))]);

        Assert.Equal("first", (await FindAsync(provider, "hi", TemplateVersion.DefaultLocale))!.Text);
        Assert.Equal("second", (await FindAsync(provider, "other", TemplateVersion.DefaultLocale))!.Text);
        Assert.Equal("first", (await provider.GetPartialsAsync(null, default))["_partials/p.txt"]);
    }

    [Fact]
    public async Task Find_SameTemplateTwice_IsAnErrorThatNamesIt()
    {
        Write("a/hi.email.txt", "one");
        Write("b/hi.email.txt", "two");
        using var provider = Provider();

        Assert.Contains("'hi'", (await Assert.ThrowsAsync<InvalidOperationException>(() => FindAsync(provider, "hi", "pl"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_NoSuchDirectory_SaysSo()
    {
        using var provider = new DirectoryTemplateProvider([new("no-such-directory")]);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => FindAsync(provider, "hi", "pl"));

        Assert.Contains("no-such-directory", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Create it", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_FileChanges_FiresAndReadsAnew()
    {
        Write("hi.email.txt", "before");
        using var provider = Provider(reload: true);
        var before = await FindAsync(provider, "hi", TemplateVersion.DefaultLocale);
        var fired = Fired(provider);

        Write("hi.email.txt", "after");
        await fired.WaitAsync(Patience);

        // The watcher may speak while the file is still empty: it speaks again.
        while (await FindAsync(provider, "hi", TemplateVersion.DefaultLocale) is { Text: not "after" })
        {
            await Fired(provider).WaitAsync(Patience);
        }

        var after = await FindAsync(provider, "hi", TemplateVersion.DefaultLocale);
        Assert.Equal(("before", "after"), (before!.Text, after!.Text));
        Assert.NotEqual(before.Version, after.Version);
    }

    [Theory]
    [InlineData("Development", null, true)]
    [InlineData("Production", null, false)]
    [InlineData("Production", true, true)]
    [InlineData("Development", false, false)]
    public void Watch_Environment_DecidesUnlessTheHostDoes(string environment, bool? reload, bool expected)
    {
        using var provider = new DirectoryTemplateProvider([new(_root, reload)], new FakeEnvironment(environment, _root));

        Assert.Equal(expected, provider.Watch() is not null);
    }

    [Fact]
    public async Task Find_RelativePath_CountsFromTheContentRoot()
    {
        Write("mine/hi.email.txt", "x");
        using var provider = new DirectoryTemplateProvider([new("mine")], new FakeEnvironment("Production", _root));

        Assert.NotNull(await FindAsync(provider, "hi", TemplateVersion.DefaultLocale));
    }

    [Fact]
    public async Task AddTemplateDirectory_InAHost_IsFoundByTheCatalog()
    {
        Write("hi.email.pl.txt", "Cześć {Name}");
        await using var templates = new TemplateHarness(m => m.AddTemplateDirectory(_root));

        var found = await templates.FindAsync("hi", "pl-PL");

        Assert.Equal("Cześć Anna", TemplateHarness.Render(found, TemplateData.From([KeyValuePair.Create("Name", (object?)"Anna")])));
    }

    private static Task Fired(DirectoryTemplateProvider provider)
    {
        var fired = new TaskCompletionSource();
        ChangeToken.OnChange(provider.Watch, () => fired.TrySetResult());
        return fired.Task;
    }

    private static async Task<TemplateVersion?> FindAsync(DirectoryTemplateProvider provider, string code, string locale, int? version = null, string? tenant = null) =>
        await provider.FindAsync(tenant is null ? null : new TenantId(tenant), code, ChannelKinds.Email, locale, version, CancellationToken.None);

    private DirectoryTemplateProvider Provider(bool reload = false) => new([new TemplateDirectory(_root, reload)]);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private sealed class FakeEnvironment(string name, string root) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "tests";

        public string ContentRootPath { get; set; } = root;

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
