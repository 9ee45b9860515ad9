namespace Messaging;

/// <summary>The host's own reaction to events. Resolved in a scope of its own; durable, at least once, on one node per event.</summary>
public interface IMessageEventHandler
{
    /// <summary>Handles an event. An exception means: again later, with growing waits.</summary>
    Task HandleAsync(MessageEvent e, CancellationToken cancellationToken);
}
