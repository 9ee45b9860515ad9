namespace Messaging.Templates;

/// <summary>Collects partials and layouts of all providers, and keeps them until something changes or they expire.</summary>
internal sealed class PartialBook(IEnumerable<ITemplateProvider> providers, TemplateClock clock)
{
    private const int Bound = 1_000;
    private readonly ITemplateProvider[] _providers = [.. providers];
    private readonly BoundedCache<string, Kept> _tenants = new(static () => Bound);
    private Kept? _shared;

    /// <summary>Returns what a tenant's templates see.</summary>
    public async ValueTask<PartialSet> ForAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var shared = await SharedAsync(cancellationToken).ConfigureAwait(false);
        if (_tenants.TryGet(tenant.Value, out var kept) && clock.IsFresh(kept.Stamp) && ReferenceEquals(kept.Shared, shared))
        {
            return kept.Set;
        }

        var stamp = clock.Stamp();
        var own = await CollectAsync(tenant, cancellationToken).ConfigureAwait(false);
        var set = own.Count == 0 ? shared : Same(kept?.Set, shared.With(tenant, own));
        _tenants.Set(tenant.Value, new Kept(set, shared, stamp));
        return set;
    }

    /// <summary>Forgets a tenant's own.</summary>
    public void Forget(TenantId tenant) => _tenants.RemoveWhere(key => key == tenant.Value);

    /// <summary>Returns what templates of the shared set see.</summary>
    public async ValueTask<PartialSet> SharedAsync(CancellationToken cancellationToken)
    {
        if (_shared is { } kept && clock.IsFresh(kept.Stamp))
        {
            return kept.Set;
        }

        var stamp = clock.Stamp();
        var set = new PartialSet(null, await CollectAsync(null, cancellationToken).ConfigureAwait(false));
        set = Same(_shared?.Set, set);
        _shared = new Kept(set, set, stamp);
        return set;
    }

    /// <summary>What says the same stays the same object, so that nothing is compiled again.</summary>
    private static PartialSet Same(PartialSet? before, PartialSet now) => before is not null && before.HasSameSources(now) ? before : now;

    private async ValueTask<Dictionary<string, string>> CollectAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var provider in _providers)
        {
            foreach (var (name, text) in await provider.GetPartialsAsync(tenant, cancellationToken).ConfigureAwait(false))
            {
                all.TryAdd(name, text);
            }
        }

        return all;
    }

    private sealed record Kept(PartialSet Set, PartialSet Shared, TemplateStamp Stamp);
}
