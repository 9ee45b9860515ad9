using Messaging.Channels;
using Messaging.RateLimiting;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>A delivery that may go now, through one account.</summary>
internal sealed class Attempt(LeasedWork work) : HeldWork(work)
{
    public DeliveryRecord Record => Work.Delivery!;

    public ChannelTarget Target { get; set; } = null!;

    public ChannelAccount Account { get; set; } = null!;

    public Breaker Breaker { get; set; } = null!;

    /// <summary>Gets or sets a value indicating whether it is the one delivery that tries an account whose breaker was open.</summary>
    public bool IsProbe { get; set; }

    public KindPolicy Policy { get; set; } = null!;

    /// <summary>Gets or sets a value indicating whether it was settled without a call.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Gets or sets what else is to stand in the timeline.</summary>
    public IReadOnlyList<StoredEvent> Events { get; set; } = [];

    /// <summary>Gets or sets the permits that it was given.</summary>
    public LimitTicket? Ticket { get; set; }

    public override Change HandBack()
    {
        Ticket?.Lease?.Dispose();
        return base.HandBack();
    }
}
