namespace Messaging.Templates;

/// <summary>Keeps templates in the store: new versions, activation, preview. A tenant's own set goes before the shared one.</summary>
public interface ITemplates
{
    /// <summary>Saves the next version and makes it active. The number in <paramref name="template"/> is ignored.</summary>
    /// <exception cref="TemplateException">The source does not compile.</exception>
    ValueTask<TemplateVersion> SaveAsync(TemplateVersion template, CancellationToken cancellationToken = default);

    /// <summary>Makes an earlier version the active one.</summary>
    /// <returns><see langword="false"/> when there is no such version.</returns>
    ValueTask<bool> ActivateAsync(TenantId? tenant, string code, string kind, string locale, int version, CancellationToken cancellationToken = default);

    /// <summary>Deactivates the template. Versions stay, since accepted messages may pin them.</summary>
    ValueTask<bool> DeleteAsync(TenantId? tenant, string code, string kind, string locale, CancellationToken cancellationToken = default);

    /// <summary>Lists active versions by code.</summary>
    ValueTask<Page<TemplateVersion>> ListAsync(TenantId? tenant, string? category = null, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default);

    /// <summary>Renders what a recipient would get, from any source of templates.</summary>
    /// <exception cref="TemplateException">The template does not exist, does not compile, or lacks a variable.</exception>
    ValueTask<TemplatePreview> PreviewAsync(TenantId tenant, TemplateReference template, string kind, string? locale = null, string? timeZone = null, CancellationToken cancellationToken = default);
}
