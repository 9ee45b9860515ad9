namespace Messaging.Channels;

/// <summary>A channel in use, and by how many. Disposed when it is retired and the last user let go of it.</summary>
internal sealed class LiveChannel(AccountKey key, string version, IChannel channel, Action<LiveChannel> drained)
{
    /// <summary>The pool itself is the first user.</summary>
    private int _users = 1;

    private int _retired;

    public AccountKey Key { get; } = key;

    public string Version { get; } = version;

    public IChannel Channel { get; } = channel;

    /// <summary>A timestamp of the clock, for eviction.</summary>
    public long LastUsed { get; set; }

    public bool TryAcquire()
    {
        while (true)
        {
            var users = Volatile.Read(ref _users);
            if (users == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
            {
                return true;
            }
        }
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            drained(this);
        }
    }

    public void Retire()
    {
        if (Interlocked.Exchange(ref _retired, 1) == 0)
        {
            Release();
        }
    }
}
