using System.Buffers;
using System.Text;
using Messaging.Core.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Templates;

/// <summary>The core with a template engine that is easy to read.</summary>
internal sealed class TemplateHarness : IAsyncDisposable
{
    public TemplateHarness(Action<MessagingBuilder>? configure = null) => Host = new CoreHost(m =>
    {
        m.Services.AddSingleton<ITemplateEngine>(Engine);
        configure?.Invoke(m);
    });

    public FakeTemplateEngine Engine { get; } = new();

    public CoreHost Host { get; }

    public TemplateCatalog Catalog => Host.Get<TemplateCatalog>();

    public ITemplates Templates => Host.Get<ITemplates>();

    /// <summary>Makes a template for e-mail of one text.</summary>
    public static TemplateVersion Text(string code, string text, string locale = TemplateVersion.DefaultLocale, string? tenant = null) =>
        new() { Tenant = tenant is null ? null : new TenantId(tenant), Code = code, Kind = ChannelKinds.Email, Locale = locale, Text = text };

    public static string Render(IResolvedTemplate? template, TemplateData? data = null, string? locale = null)
    {
        var utf8 = new ArrayBufferWriter<byte>();
        Assert.NotNull(template);
        template.Render(data ?? TemplateData.Empty, locale, TimeZoneInfo.Utc, utf8);
        return Encoding.UTF8.GetString(utf8.WrittenSpan);
    }

    public async Task<IResolvedTemplate?> FindAsync(string code, string? locale, string tenant = "salon", int? version = null) =>
        await Catalog.ResolveAsync(new TenantId(tenant), code, ChannelKinds.Email, locale, version, CancellationToken.None);

    /// <summary>Returns what a recipient gets, or <see langword="null"/> when there is no template.</summary>
    public async Task<string?> ReadAsync(string code, string? locale, string tenant = "salon", int? version = null) =>
        await FindAsync(code, locale, tenant, version) is { } found ? Render(found, null, locale) : null;

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
