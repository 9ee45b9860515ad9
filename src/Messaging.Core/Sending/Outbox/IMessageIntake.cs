namespace Messaging;

/// <summary>Takes in what hosts' transactions committed. The host runs it in the background, also one that only sends; a test or a tool may drive it by hand.</summary>
public interface IMessageIntake
{
    /// <summary>Does one round over all outboxes.</summary>
    /// <returns>How many messages were dealt with; 0 means that nothing is there, or nothing can be taken in now.</returns>
    Task<int> StepAsync(CancellationToken cancellationToken = default);
}
