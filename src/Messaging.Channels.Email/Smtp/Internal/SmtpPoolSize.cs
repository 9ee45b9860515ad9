namespace Messaging.Channels.Email;

/// <summary>How many connections a pool has and is making, and whether it may make one more. Guarded by the pool's lock.</summary>
internal sealed class SmtpPoolSize(int most, TimeProvider time)
{
    // A server that refuses one more connection has said how many it allows; ask again after a while, the open ones carry on.
    private static readonly TimeSpan HoldAfterRefusal = TimeSpan.FromSeconds(5);

    private long _refusedAt;
    private int _connecting;
    private int _freeing;
    private bool _wasRefused;

    /// <summary>Gets how many are open or being opened.</summary>
    public int Open { get; private set; }

    /// <summary>Counts one more connection, if that helps those who wait.</summary>
    /// <param name="waiting">How many mails wait.</param>
    public bool TryGrow(int waiting)
    {
        var mustHold = Open > 0 && _wasRefused && time.GetElapsedTime(_refusedAt) < HoldAfterRefusal;
        if (waiting <= _connecting + _freeing || Open >= most || mustHold)
        {
            return false;
        }

        Open++;
        _connecting++;
        return true;
    }

    /// <summary>A connection was made.</summary>
    public void Connected()
    {
        _connecting--;
        _wasRefused = false;
    }

    /// <summary>A connection could not be made.</summary>
    public void Refused()
    {
        _connecting--;
        (_wasRefused, _refusedAt) = (true, time.GetTimestamp());
    }

    /// <summary>A connection is over, or was never made.</summary>
    public void Ended() => Open--;

    /// <summary>Notes whether a connection will ask for a mail at once.</summary>
    public void SetFreeing(SmtpSession session, bool value)
    {
        _freeing += (value ? 1 : 0) - (session.IsFreeing ? 1 : 0);
        session.IsFreeing = value;
    }
}
