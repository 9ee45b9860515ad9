using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>What this node knows of an account's breaker.</summary>
internal sealed class Breaker(AccountKey key, string kind)
{
    private Versioned<BreakerState>? _state;

    public AccountKey Key { get; } = key;

    public string Kind { get; } = kind;

    public CallWindow Calls { get; } = new();

    /// <summary>Gets or sets what the store had when it was last asked; <see langword="null"/> for nothing.</summary>
    public Versioned<BreakerState>? State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Gets or sets the clock's timestamp of the last reading.</summary>
    public long ReadAt { get; set; }

    public long Version => State?.Version ?? 0;

    public BreakerStatus Status => State?.Value.Status ?? BreakerStatus.Closed;

    /// <summary>Gets until when nobody may send.</summary>
    public DateTimeOffset Until => State?.Value.Until ?? DateTimeOffset.MinValue;

    /// <summary>Returns whether a delivery may go through the account, be it as the one that tries it.</summary>
    public bool IsUsable(DateTimeOffset now) => Status == BreakerStatus.Closed || Until <= now;

    /// <summary>Returns whether a delivery that goes through the account must be the one that tries it.</summary>
    public bool NeedsProbe => Status != BreakerStatus.Closed;
}
