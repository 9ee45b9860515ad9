namespace Messaging.Routing;

/// <summary>One step of a route.</summary>
/// <param name="Channel">The account, group or kind.</param>
/// <param name="Within">How long proof of arrival may take before the next step starts; <see langword="null"/> means that only a failure starts it.</param>
internal sealed record RouteStep(string Channel, TimeSpan? Within = null);
