using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace Messaging.Templates;

/// <summary>A host's own source of texts for e-mail, whose versions are made of their content.</summary>
internal sealed class FakeTemplateProvider : ITemplateProvider, IDisposable
{
    private CancellationTokenSource _changed = new();
    private int _asked;

    public ConcurrentDictionary<string, string> Text { get; } = new();

    public int Asked => _asked;

    public Exception? Failure { get; set; }

    public TaskCompletionSource? Hold { get; set; }

    public void Dispose() => _changed.Dispose();

    public void Fire()
    {
        var fired = _changed;
        _changed = new CancellationTokenSource();
        fired.Cancel();
    }

    public async ValueTask<TemplateVersion?> FindAsync(
        TenantId? tenant, string code, string kind, string locale, int? version, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        await (Hold?.Task ?? Task.CompletedTask);
        if (Failure is not null)
        {
            throw Failure;
        }

        var found = tenant is null && locale == TemplateVersion.DefaultLocale && Text.TryGetValue(code, out var text)
            ? ContentVersion.Number(new TemplateVersion { Code = code, Kind = kind, Text = text })
            : null;
        return version is null || version == found?.Version ? found : null;
    }

    public IAsyncEnumerable<TemplateVersion> ListAsync(CancellationToken cancellationToken) =>
        Text.Select(t => ContentVersion.Number(new TemplateVersion { Code = t.Key, Kind = "email", Text = t.Value })).ToAsyncEnumerable();

    public ValueTask<IReadOnlyDictionary<string, string>> GetPartialsAsync(TenantId? tenant, CancellationToken cancellationToken) =>
        new(new Dictionary<string, string>());

    public IChangeToken Watch() => new CancellationChangeToken(_changed.Token);
}
