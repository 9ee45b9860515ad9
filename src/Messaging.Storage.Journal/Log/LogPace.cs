namespace Messaging.Storage.Journal.Log;

/// <summary>Says when the disk is flushed. Not thread safe: the journal's own thread asks.</summary>
/// <remarks>Goes by the machine's own clock: how long the disk may lag is no matter of the suite's time.</remarks>
internal sealed class LogPace(JournalOptions options)
{
    /// <summary>How late a settlement may reach the disk when nothing urgent takes it along.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly TimeSpan _within = options.Durability switch
    {
        JournalDurability.LosesNothing => Linger,
        JournalDurability.LosesLastInterval => options.FlushInterval,
        _ => Timeout.InfiniteTimeSpan,
    };

    private long _since;
    private bool _lags;

    /// <summary>Gets a value indicating whether what was written must not wait any longer for the disk.</summary>
    public bool IsDue => _lags && _within != Timeout.InfiniteTimeSpan && Left() <= TimeSpan.Zero;

    /// <summary>Gets how long to wait for records before <see cref="IsDue"/> is asked again.</summary>
    public TimeSpan Patience => !_lags || _within == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : Left();

    public void Wrote()
    {
        if (!_lags)
        {
            (_lags, _since) = (true, _clock.GetTimestamp());
        }
    }

    public void Flushed() => _lags = false;

    private TimeSpan Left()
    {
        var left = _within - _clock.GetElapsedTime(_since);
        return left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }
}
