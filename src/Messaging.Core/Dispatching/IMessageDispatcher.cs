namespace Messaging;

/// <summary>Does the work that is due: sends deliveries, watches routes, applies reports, calls event handlers. The host runs it in the background; a test or a command-line tool may drive it by hand.</summary>
public interface IMessageDispatcher
{
    /// <summary>Does one round: claims what is due, handles it, and stores the outcome.</summary>
    /// <returns>How many pieces of work were claimed; 0 means that nothing was due.</returns>
    /// <remarks>One round runs one send after the other, in the order of the queue, so that a run with a hand-driven clock always goes the same way.</remarks>
    Task<int> StepAsync(CancellationToken cancellationToken = default);
}
