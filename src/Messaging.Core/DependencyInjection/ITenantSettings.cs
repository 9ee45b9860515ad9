namespace Messaging;

/// <summary>Where tenants' settings come from, when the host keeps them in a database of its own. Safe for concurrent use.</summary>
public interface ITenantSettings
{
    /// <summary>Finds the settings. Kept for a minute; what the options say of the tenant goes first, field by field.</summary>
    /// <returns><see langword="null"/> when the tenant has none.</returns>
    ValueTask<TenantSettings?> FindAsync(TenantId tenant, CancellationToken cancellationToken);
}
