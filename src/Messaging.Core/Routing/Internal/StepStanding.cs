namespace Messaging.Routing;

/// <summary>How a step of a plan stands.</summary>
internal enum StepStanding
{
    /// <summary>Not begun.</summary>
    NotStarted,

    /// <summary>Under way, or sent and without proof.</summary>
    Pending,

    /// <summary>There is proof of arrival.</summary>
    Arrived,

    /// <summary>It failed, was stopped by a gate, or its time passed.</summary>
    Failed,

    /// <summary>Withdrawn by the plan, because another step arrived.</summary>
    StoodDown,

    /// <summary>Withdrawn by somebody.</summary>
    Withdrawn,
}
