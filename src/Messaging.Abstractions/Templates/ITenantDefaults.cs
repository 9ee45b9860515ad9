namespace Messaging.Templates;

/// <summary>Knows the tenants' locales and time zones. The default implementation reads <see cref="TemplateOptions.Tenants"/>; a host may register its own.</summary>
public interface ITenantDefaults
{
    /// <summary>Finds a tenant's defaults. Asked again after a minute at the latest.</summary>
    /// <returns><see langword="null"/> when the suite's defaults apply.</returns>
    ValueTask<TenantDefaults?> FindAsync(TenantId tenant, CancellationToken cancellationToken);
}
