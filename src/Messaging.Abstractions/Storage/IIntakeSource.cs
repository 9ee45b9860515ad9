namespace Messaging.Storage;

/// <summary>A host's database in which requests are staged. Registered once for each; the suite drains them all. Safe for concurrent use.</summary>
public interface IIntakeSource
{
    /// <summary>Gets a name for logs, such as the type of the host's database context.</summary>
    string Name { get; }

    /// <summary>Hands over the oldest messages that are committed, while no other node gets them, and removes those that were dealt with.</summary>
    /// <remarks>When the process dies in between, the messages are handed over again: whoever takes them in tells them by their ids.</remarks>
    /// <param name="claim">How much.</param>
    /// <param name="takeIn">Takes messages in, and returns those that can be removed; what it throws leaves all of them.</param>
    /// <param name="cancellationToken">Ends the call; what is not removed stays.</param>
    /// <returns>How many were handed over.</returns>
    ValueTask<int> DrainAsync(
        IntakeClaim claim,
        Func<IReadOnlyList<StagedMessage>, CancellationToken, ValueTask<IReadOnlyList<MessageId>>> takeIn,
        CancellationToken cancellationToken);

    /// <summary>Completes when this process has committed something. May wake for nothing, and says nothing of other processes: the suite looks now and then all the same.</summary>
    Task WaitAsync(CancellationToken cancellationToken);
}
