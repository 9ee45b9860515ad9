using Messaging.Storage;

namespace Messaging.Channels;

internal sealed class StoredAccountEditor(
    IMessageStore store, StoredChannelAccounts accounts, ChannelDirectory directory, ChannelFactories factories, ICredentialProtector protector, IdGenerator ids)
    : IStoredChannelAccounts
{
    private const int MaxNameLength = 200;

    public async ValueTask<ChannelAccount> SaveAsync(ChannelAccount account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        var tenant = account.Tenant
            ?? throw new ArgumentException("An account that is stored belongs to a tenant: set Tenant. The host's own accounts are registered at start-up.", nameof(account));
        if (account.Name is not { Length: > 0 and <= MaxNameLength })
        {
            throw new ArgumentException($"Name: an account's name has 1 to {MaxNameLength} characters.", nameof(account));
        }

        await TryOutAsync(account).ConfigureAwait(false);
        var stored = new StoredAccount
        {
            Tenant = tenant,
            Name = account.Name,
            Kind = account.Kind,
            Scheme = account.Scheme,
            Version = ids.Next().ToString("N"),
            Protected = account.ConnectionString is { } secret ? protector.Protect(secret.Open(protector).Reveal()) : null,
            Settings = new(account.Settings),
            Limits = account.Limits,
            Weight = account.Weight,
        };
        await CommitAsync(EntityChange.Put(stored), cancellationToken).ConfigureAwait(false);
        directory.Forget(tenant, account.Name);
        return stored.ToAccount();
    }

    public async ValueTask<bool> DeleteAsync(TenantId tenant, string name, CancellationToken cancellationToken = default)
    {
        if (await accounts.FindAsync(tenant, name, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        await CommitAsync(EntityChange.Delete<StoredAccount>(tenant, name), cancellationToken).ConfigureAwait(false);
        directory.Forget(tenant, name);
        return true;
    }

    public ValueTask<IReadOnlyList<ChannelAccount>> ListAsync(TenantId tenant, CancellationToken cancellationToken = default) =>
        accounts.ListAsync(new EntityQuery { Tenant = tenant }, cancellationToken);

    /// <summary>Makes the channel once, which opens no connection, so that a mistake is the administrator's answer and not a failed message.</summary>
    private async ValueTask TryOutAsync(ChannelAccount account)
    {
        switch (factories.Create(account))
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    private async ValueTask CommitAsync(EntityChange change, CancellationToken cancellationToken) =>
        await store.CommitAsync([new Change { Entities = [change] }], cancellationToken).ConfigureAwait(false);
}
