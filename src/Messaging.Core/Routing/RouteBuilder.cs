namespace Messaging.Routing;

/// <summary>Says which channels a route tries, one after the other.</summary>
public sealed class RouteBuilder
{
    private readonly List<RouteStep> _steps = [];

    internal IReadOnlyList<RouteStep> Steps => _steps;

    /// <summary>Names the first channel.</summary>
    /// <param name="channel">An account, a group or a kind.</param>
    /// <param name="within">How long proof of arrival may take before the next step starts as well; <see langword="null"/> means that only a failure starts it.</param>
    public RouteBuilder Try(string channel, TimeSpan? within = null) => Then(channel, within);

    /// <summary>Names the next channel.</summary>
    /// <inheritdoc cref="Try"/>
    public RouteBuilder Then(string channel, TimeSpan? within = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(channel);
        _steps.Add(new RouteStep(channel, within));
        return this;
    }
}
