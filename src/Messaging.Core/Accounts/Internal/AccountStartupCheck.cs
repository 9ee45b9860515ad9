namespace Messaging.Channels;

/// <summary>Reads every account of the host and makes its channel once: a wrong option stops the host at start-up.</summary>
internal sealed class AccountStartupCheck(HostAccounts host, ChannelPool pool) : IStartupCheck
{
    public ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<Exception>();
        foreach (var name in host.Names)
        {
            try
            {
                if (host.Find(name) is { } account)
                {
                    pool.Lease(account).Dispose();
                }
            }
            catch (ChannelConfigurationException e)
            {
                wrong.Add(e);
            }
        }

        return wrong switch
        {
            [] => ValueTask.CompletedTask,
            [var only] => ValueTask.FromException(only),
            _ => ValueTask.FromException(new AggregateException("Several accounts are wrong.", wrong)),
        };
    }
}
