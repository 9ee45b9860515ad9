namespace Messaging.Routing;

/// <summary>How a plan stands. Values never change once released: stores keep them.</summary>
internal enum PlanStatus
{
    /// <summary>A step is under way.</summary>
    Active = 0,

    /// <summary>There is proof of arrival. A late failure of that step takes the plan up again.</summary>
    Arrived = 1,

    /// <summary>Every step failed.</summary>
    Exhausted = 2,

    /// <summary>Somebody withdrew the message.</summary>
    Canceled = 3,
}
