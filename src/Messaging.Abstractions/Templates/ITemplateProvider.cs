using Microsoft.Extensions.Primitives;

namespace Messaging.Templates;

/// <summary>Where templates come from: code, a directory, the store, or the host's own place. Asked in the order of registration.</summary>
public interface ITemplateProvider
{
    /// <summary>Finds one version, for exactly this locale; the chain of locales is the caller's work.</summary>
    /// <param name="tenant">The owner; <see langword="null"/> for the shared set.</param>
    /// <param name="code">The code.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="locale">The locale, or <see cref="TemplateVersion.DefaultLocale"/>.</param>
    /// <param name="version">The version; <see langword="null"/> for the active one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<TemplateVersion?> FindAsync(TenantId? tenant, string code, string kind, string locale, int? version, CancellationToken cancellationToken);

    /// <summary>Lists the active versions, for warm-up and start-up checks.</summary>
    IAsyncEnumerable<TemplateVersion> ListAsync(CancellationToken cancellationToken);

    /// <summary>Gets the sources of partials and layouts, under the names that <see cref="TemplateFiles"/> states.</summary>
    /// <param name="tenant">The owner; <see langword="null"/> for the shared set. The caller lays a tenant's own over the shared ones.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyDictionary<string, string>> GetPartialsAsync(TenantId? tenant, CancellationToken cancellationToken);

    /// <summary>Returns a token that fires when something changed; <see langword="null"/> when that is never known.</summary>
    IChangeToken? Watch();
}
