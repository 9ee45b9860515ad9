namespace Messaging.Channels;

/// <summary>Keeps tenants' own accounts in the suite's store, their connection strings protected by <see cref="ICredentialProtector"/>.</summary>
/// <remarks>A host that keeps accounts in a database of its own registers an <see cref="IChannelAccounts"/> instead.</remarks>
public interface IStoredChannelAccounts
{
    /// <summary>Saves an account under its tenant and name, and lets it take effect on this node at once; on others within <see cref="AccountDirectoryOptions.CacheFor"/>.</summary>
    /// <param name="account">The account. Its version is made by the store. Settings are stored in the clear: what is secret belongs into the connection string.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The account as it is kept, its connection string protected.</returns>
    /// <exception cref="ChannelConfigurationException">The account cannot work as it is; the text names the setting and the fix.</exception>
    /// <exception cref="ArgumentException">The account has no tenant, or its name is empty or longer than 200 characters.</exception>
    ValueTask<ChannelAccount> SaveAsync(ChannelAccount account, CancellationToken cancellationToken = default);

    /// <summary>Removes an account; its live channel is drained.</summary>
    /// <returns><see langword="false"/> when there was none.</returns>
    ValueTask<bool> DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken = default);

    /// <summary>Lists a tenant's accounts by name. Connection strings stay protected and print as <c>***</c>.</summary>
    ValueTask<IReadOnlyList<ChannelAccount>> ListAsync(TenantId tenant, CancellationToken cancellationToken = default);
}
