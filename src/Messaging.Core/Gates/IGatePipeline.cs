namespace Messaging.Gates;

/// <summary>Asks the gates in their order.</summary>
internal interface IGatePipeline
{
    /// <summary>Asks every gate about the candidates that earlier gates let pass. Afterwards each candidate holds the verdict that decides.</summary>
    ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken);

    /// <summary>Asks only those gates that must be asked again before sending, or that count what is sent: <see cref="GateBatch.BeforeSend"/> is set for them.</summary>
    /// <param name="batch">The deliveries.</param>
    /// <param name="waited">Whether they waited for more than a minute, so that every gate is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask RecheckAsync(GateBatch batch, bool waited, CancellationToken cancellationToken);

    /// <summary>Asks every gate about one candidate, whatever the others say, and counts nothing.</summary>
    ValueTask<IReadOnlyList<GateVerdict>> ExplainAsync(GateCandidate candidate, DateTimeOffset now, CancellationToken cancellationToken);
}
