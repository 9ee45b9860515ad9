namespace Messaging.Storage;

/// <summary>What a piece of work is: one queue for all. Values never change once released: stores keep them.</summary>
public enum WorkKind
{
    /// <summary>Hand a delivery to its channel.</summary>
    Deliver = 0,

    /// <summary>See whether a route's step left evidence of arrival in time.</summary>
    RouteCheck = 1,

    /// <summary>Apply a provider's report.</summary>
    ApplyInbound = 2,

    /// <summary>Call the host's event handlers.</summary>
    NotifyHost = 3,

    /// <summary>Post an event to an endpoint outside.</summary>
    OutgoingWebhook = 4,

    /// <summary>Take in what a host's transaction left.</summary>
    Intake = 5,

    /// <summary>Housekeeping.</summary>
    Maintain = 6,
}
