namespace Messaging.Gates;

/// <summary>A delivery as gates see it, and what the current gate says of it.</summary>
public sealed class GateCandidate
{
    /// <summary>Gets the tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Gets the delivery; default in a dry run.</summary>
    public DeliveryId DeliveryId { get; init; }

    /// <summary>Gets the address.</summary>
    public required Address Address { get; init; }

    /// <summary>Gets the contact, when the recipient is one.</summary>
    public ContactId? ContactId { get; init; }

    /// <summary>Gets the account or group that is to carry it.</summary>
    public required string Channel { get; init; }

    /// <summary>Gets the template's code; <see langword="null"/> for raw content.</summary>
    public string? Template { get; init; }

    /// <summary>Gets why it is sent.</summary>
    public required string Category { get; init; }

    /// <summary>Gets the lane.</summary>
    public required MessagePriority Priority { get; init; }

    /// <summary>Gets the recipient's IANA time zone; <see langword="null"/> when nobody knows.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets a value indicating whether it passed every gate at an earlier claim and waited for something else since (a limit, a retry): what counts messages counted it then.</summary>
    public bool Counted { get; init; }

    /// <summary>Gets what the current gate said so far.</summary>
    public GateOutcome Outcome { get; private set; }

    /// <summary>Gets the reason, unless it passed.</summary>
    public Why? Why { get; private set; }

    /// <summary>Gets the key under which it is held, when it is deferred without <see cref="Why.Until"/>; see <see cref="Storage.Release"/>.</summary>
    public string? ParkKey { get; private set; }

    /// <summary>Says: not at all.</summary>
    public void Suppress(Why why) => (Outcome, Why, ParkKey) = (GateOutcome.Suppress, why, null);

    /// <summary>Says: not before <see cref="Why.Until"/>; without one, not before somebody releases it.</summary>
    /// <param name="why">The reason.</param>
    /// <param name="parkKey">What it is held under when the reason has no end; <see langword="null"/> means <c>gate:</c> and the gate's name.</param>
    public void Defer(Why why, string? parkKey = null) => (Outcome, Why, ParkKey) = (GateOutcome.Defer, why, parkKey);

    /// <summary>Forgets what was said, for the next gate.</summary>
    public void Reset() => (Outcome, Why, ParkKey) = (GateOutcome.Pass, null, null);
}
