namespace Messaging.Channels;

/// <summary>Reads every account of the host and makes its channel once: a wrong option stops the host at start-up.</summary>
internal sealed class AccountStartupCheck(HostAccounts host, ChannelPool pool) : IStartupCheck
{
    public ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var name in host.Names)
        {
            if (host.Find(name) is { } account)
            {
                pool.Lease(account).Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }
}
