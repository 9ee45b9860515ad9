using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Messaging.Templates;

/// <inheritdoc cref="ITemplateCatalog"/>
internal sealed partial class TemplateCatalog : ITemplateCatalog, IDisposable
{
    /// <summary>How many requests for templates that do not exist are remembered: anybody may ask for anything.</summary>
    private const int MaxMissing = 1_000;

    /// <summary>How many tenants and locales may share one compiled template before the remembered answers are fewer than those.</summary>
    private const int AnswersPerTemplate = 16;

    /// <summary>How long an answer counts that a moment may change: there is none, the source did not answer, the tenant's own locale.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromMinutes(1);

    private readonly BoundedCache<TemplateKey, Answer> _found;
    private readonly BoundedCache<TemplateKey, Answer> _missing = new(static () => MaxMissing);
    private readonly ConcurrentDictionary<TemplateKey, Lazy<Task<Answer>>> _loading = new();
    private readonly TemplateLoader _loader;
    private readonly PartialBook _partials;
    private readonly TemplateClock _clock;
    private readonly ILogger<TemplateCatalog> _logger;
    private readonly List<IDisposable> _watches;

    public TemplateCatalog(
        IEnumerable<ITemplateProvider> providers, TemplateLoader loader, PartialBook partials, TemplateClock clock, ILogger<TemplateCatalog> logger)
    {
        (_loader, _partials, _clock, _logger) = (loader, partials, clock, logger);
        _found = new(() => AnswersPerTemplate * clock.Options.CacheSize);
        _watches = [.. providers.Select(provider => ChangeToken.OnChange(provider.Watch, clock.Change))];
    }

    public ValueTask<IResolvedTemplate?> ResolveAsync(
        TenantId tenant, string code, string kind, string? locale, int? version, CancellationToken cancellationToken)
    {
        var key = new TemplateKey(tenant, code, kind, locale, version);
        if (_found.TryGet(key, out var known) && IsFresh(known))
        {
            return new(known.Template);
        }

        return _missing.TryGet(key, out var missing) && IsFresh(missing) ? default : WaitAsync(key, known, cancellationToken);
    }

    /// <summary>Forgets what was found for a tenant, or everything when the shared set changed.</summary>
    public void Forget(TenantId? tenant)
    {
        if (tenant is not { } own)
        {
            _clock.Change();
            return;
        }

        _partials.Forget(own);
        _found.RemoveWhere(key => key.Tenant == own);
        _missing.RemoveWhere(key => key.Tenant == own);
    }

    public void Dispose() => _watches.ForEach(watch => watch.Dispose());

    private bool IsFresh(Answer answer) => _clock.IsFresh(answer.Stamp) && (!answer.IsBrief || _clock.IsWithin(answer.Stamp, Brief));

    private async ValueTask<IResolvedTemplate?> WaitAsync(TemplateKey key, Answer? before, CancellationToken cancellationToken)
    {
        // One looks, the others wait: a popular template that expires is not compiled by everybody at once.
        var loading = _loading.GetOrAdd(key, static (k, state) => new(() => state.Catalog.LoadAsync(k, state.Before)), (Catalog: this, Before: before));
        return (await loading.Value.WaitAsync(cancellationToken).ConfigureAwait(false)).Template;
    }

    private async Task<Answer> LoadAsync(TemplateKey key, Answer? before)
    {
        try
        {
            var answer = await AskAsync(key, before).ConfigureAwait(false);
            (answer.Template is null ? _missing : _found).Set(key, answer);
            return answer;
        }
        finally
        {
            _loading.TryRemove(key, out _);
        }
    }

    private async ValueTask<Answer> AskAsync(TemplateKey key, Answer? before)
    {
        var stamp = _clock.Stamp();
        try
        {
            var template = await _loader.LoadAsync(key, CancellationToken.None).ConfigureAwait(false);
            return new Answer(template, stamp, IsBrief: template is null || key.Locale is null);
        }
        catch (Exception exception) when (before?.Template is not null && exception is not TemplateException)
        {
            Log.SourceFailed(_logger, exception, key.Code, key.Kind);
            return before with { Stamp = stamp, IsBrief = true };
        }
    }

    private sealed record Answer(IResolvedTemplate? Template, TemplateStamp Stamp, bool IsBrief);
}
