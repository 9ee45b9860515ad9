using Messaging.Sending;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Templates;

/// <summary>Looks for a template: the tenant's own set before the shared one, in each the locales closest first, of each locale the providers in order.</summary>
internal sealed partial class TemplateLoader(
    IEnumerable<ITemplateProvider> providers,
    PartialBook partials,
    TemplateCompiler compiler,
    TenantLocales tenants,
    IOptionsMonitor<MessagingOptions> suite,
    ILogger<TemplateLoader> logger)
{
    private readonly ITemplateProvider[] _providers = [.. providers];

    /// <summary>Finds and compiles.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="TemplateException">The source does not compile.</exception>
    public async ValueTask<ResolvedTemplate?> LoadAsync(TemplateKey key, CancellationToken cancellationToken)
    {
        var tenant = await tenants.FindAsync(key.Tenant, cancellationToken).ConfigureAwait(false);
        var chain = LocaleChain.Of(key.Locale ?? tenant.Locale, tenant.Locale, suite.CurrentValue.DefaultLocale);
        var visible = await partials.ForAsync(key.Tenant, cancellationToken).ConfigureAwait(false);
        var version = await FindAsync(key, chain, key.Version, cancellationToken).ConfigureAwait(false);
        if (version is not null)
        {
            return compiler.Compile(version, visible);
        }

        return key.Version is { } pinned ? await InsteadOfAsync(pinned, key, chain, visible, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>Files and code keep no history: a version of theirs that is gone lives on in memory, or else the present one takes its place.</summary>
    private async ValueTask<ResolvedTemplate?> InsteadOfAsync(
        int pinned, TemplateKey key, List<string> chain, PartialSet visible, CancellationToken cancellationToken)
    {
        if (!ContentVersion.IsOne(pinned))
        {
            return null;
        }

        foreach (var owner in Owners(key.Tenant))
        {
            foreach (var locale in chain)
            {
                if (compiler.Find(owner, key.Code, key.Kind, locale, pinned, visible) is { } kept)
                {
                    return kept;
                }
            }
        }

        var present = await FindAsync(key, chain, null, cancellationToken).ConfigureAwait(false);
        if (present is null)
        {
            return null;
        }

        Log.VersionGone(logger, key.Code, key.Kind, present.Locale, pinned, present.Version);
        return compiler.Compile(present, visible);
    }

    private async ValueTask<TemplateVersion?> FindAsync(TemplateKey key, List<string> chain, int? version, CancellationToken cancellationToken)
    {
        foreach (var owner in Owners(key.Tenant))
        {
            foreach (var locale in chain)
            {
                foreach (var provider in _providers)
                {
                    if (await provider.FindAsync(owner, key.Code, key.Kind, locale, version, cancellationToken).ConfigureAwait(false) is { } found)
                    {
                        return found;
                    }
                }
            }
        }

        return null;
    }

    private static TenantId?[] Owners(TenantId tenant) => [tenant, null];
}
