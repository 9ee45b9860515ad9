namespace Messaging.Channels;

/// <summary>Where accounts come from besides the host's start-up configuration: the store, or the host's own database.</summary>
public interface IChannelAccounts
{
    /// <summary>Finds an account. Asked again when its cache entry ends, so an answer with a new version takes effect within that time.</summary>
    /// <returns><see langword="null"/> when the tenant has no account of that name; the host's own accounts are then asked.</returns>
    ValueTask<ChannelAccount?> FindAsync(TenantId tenant, string name, CancellationToken cancellationToken);
}
