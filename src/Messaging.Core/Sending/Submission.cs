using Messaging.Channels;
using Messaging.Routing;

namespace Messaging.Sending;

/// <summary>One request on its way to the store: each stage fills in what the next one needs.</summary>
internal sealed class Submission
{
    public required SendRequest Request { get; init; }

    public required TenantId Tenant { get; init; }

    public required MessagingOptions Options { get; init; }

    /// <summary>Gets the instant of acceptance.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Gets where payloads are written.</summary>
    public required PayloadBuffer Buffer { get; init; }

    public ProblemList Problems { get; } = new();

    /// <summary>Gets what is known of a request that was staged in a host's transaction, and checked there; <see langword="null"/> for one that comes from its caller.</summary>
    public StagedOrigin? Staged { get; init; }

    /// <summary>Gets a value indicating whether content is made when the message is sent, as for a bulk.</summary>
    public bool RendersLater { get; init; }

    /// <summary>Gets the lane when the request names none.</summary>
    public MessagePriority DefaultPriority { get; init; } = MessagePriority.Normal;

    public MessagePriority Priority => Request.Priority ?? DefaultPriority;

    /// <summary>Gets the instant for which gates decide: that of sending, as far as it is known.</summary>
    public DateTimeOffset SendsAt => Request.SendAt is { } at && at > Now ? at : Now;

    /// <summary>Gets or sets the route, when the request names one.</summary>
    public Route? Route { get; set; }

    /// <summary>Gets a value indicating whether all steps start at once.</summary>
    public bool IsBroadcast => Route is Route.Broadcast;

    /// <summary>Gets or sets what the steps of the route, or the request's channel, stand for; empty when each recipient's address decides.</summary>
    public IReadOnlyList<StepTarget> Targets { get; set; } = [];

    /// <summary>Gets or sets the recipients, one each, in order.</summary>
    public Draft[] Drafts { get; set; } = [];

    public IReadOnlyList<OutboundRecipient> Cc { get; set; } = [];

    public IReadOnlyList<OutboundRecipient> Bcc { get; set; } = [];

    /// <summary>Gets or sets what expires last of the kinds in use.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
