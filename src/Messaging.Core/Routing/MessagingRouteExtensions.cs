using Messaging.Routing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Names the ways in which a message goes to somebody who is reached on more than one channel.</summary>
public static class MessagingRouteExtensions
{
    /// <summary>Adds a route whose steps are tried one after the other: the next one starts when the one before failed or left no proof of arrival in time.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The route's name; unique.</param>
    /// <param name="configure">Names the steps: <c>r =&gt; r.Try("telegram", within: TimeSpan.FromMinutes(5)).Then("sms").Then("email")</c>.</param>
    /// <remarks>A step is left out for a recipient who has no address of its kind. That the channels exist is checked at start-up.</remarks>
    public static MessagingBuilder AddRoute(this MessagingBuilder builder, string name, Action<RouteBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        var route = new RouteBuilder();
        configure(route);
        builder.Services.AddSingleton<Route>(new Route.Fallback(name, route.Steps));
        return builder;
    }

    /// <summary>Adds a route that sends over all its channels at once: the recipient gets the message more than once.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The route's name; unique.</param>
    /// <param name="channels">Accounts, groups or kinds.</param>
    public static MessagingBuilder AddBroadcast(this MessagingBuilder builder, string name, params string[] channels)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(channels);
        builder.Services.AddSingleton<Route>(new Route.Broadcast(name, [.. channels.Select(channel => new RouteStep(channel))]));
        return builder;
    }
}
