namespace Messaging.Routing;

/// <summary>A named way to a recipient: steps tried one after the other, or all at once.</summary>
/// <param name="Name">The name.</param>
/// <param name="Steps">The steps; one or more.</param>
internal abstract record Route(string Name, IReadOnlyList<RouteStep> Steps)
{
    /// <summary>The next step starts when the one before failed, or left no proof of arrival in time.</summary>
    internal sealed record Fallback(string Name, IReadOnlyList<RouteStep> Steps) : Route(Name, Steps);

    /// <summary>All steps start at once.</summary>
    internal sealed record Broadcast(string Name, IReadOnlyList<RouteStep> Steps) : Route(Name, Steps);
}
