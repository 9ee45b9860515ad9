using System.Threading.RateLimiting;
using Messaging.Storage;

namespace Messaging.RateLimiting;

/// <summary>A message that asks for permits, and the answer.</summary>
internal sealed class LimitTicket
{
    public required TenantId Tenant { get; init; }

    public required MessagePriority Lane { get; init; }

    /// <summary>Gets the limits of the tenant on the account; <see langword="null"/> when only the host's own limiter is asked.</summary>
    public LimitSet? Set { get; init; }

    /// <summary>Gets the charge; <see langword="null"/> without <see cref="Set"/>.</summary>
    public RateCharge? Charge { get; init; }

    /// <summary>Gets the host's own limiter.</summary>
    public RateLimiter? Limiter { get; init; }

    /// <summary>Gets the name of the account, for texts.</summary>
    public required string Account { get; init; }

    /// <summary>Gets a value indicating whether it waited for a permit before.</summary>
    public bool Woke { get; init; }

    /// <summary>Gets or sets why it must wait, and until when; <see langword="null"/> when it may go.</summary>
    public Why? Refusal { get; set; }

    /// <summary>Gets or sets what the host's limiter gave: disposed when the call is over.</summary>
    public RateLimitLease? Lease { get; set; }
}
