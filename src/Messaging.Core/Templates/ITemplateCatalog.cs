namespace Messaging.Templates;

/// <summary>Finds compiled templates. Answers from its cache without waiting once a template is warm.</summary>
internal interface ITemplateCatalog
{
    /// <summary>Resolves by the locale chain (<c>pl-PL</c>, <c>pl</c>, default), the tenant's own set before the shared one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="code">The template's code.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="locale">The wanted locale; <see langword="null"/> means the tenant's default, then the suite's.</param>
    /// <param name="version">The pinned version; <see langword="null"/> for the active one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see langword="null"/> when there is none in any locale of the chain.</returns>
    /// <exception cref="TemplateException">The source does not compile.</exception>
    ValueTask<IResolvedTemplate?> ResolveAsync(TenantId tenant, string code, string kind, string? locale, int? version, CancellationToken cancellationToken);
}
