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

    /// <summary>Gets what the current gate said so far.</summary>
    public GateOutcome Outcome { get; private set; }

    /// <summary>Gets the reason, unless it passed.</summary>
    public Why? Why { get; private set; }

    /// <summary>Says: not at all.</summary>
    public void Suppress(Why why) => (Outcome, Why) = (GateOutcome.Suppress, why);

    /// <summary>Says: not before <see cref="Why.Until"/>; without one, not before somebody releases it.</summary>
    public void Defer(Why why) => (Outcome, Why) = (GateOutcome.Defer, why);

    /// <summary>Forgets what was said, for the next gate.</summary>
    public void Reset() => (Outcome, Why) = (GateOutcome.Pass, null);
}
