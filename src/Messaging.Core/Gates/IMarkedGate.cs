namespace Messaging.Gates;

/// <summary>A gate that has nothing to say about tenants without a mark. The mark is read while the gate before is asked: one wait for both.</summary>
internal interface IMarkedGate : ISendGate
{
    /// <summary>Reads whether the gate may have something to say about any of the candidates, of whom the gate before may still stop some.</summary>
    ValueTask<bool> IsMarkedAsync(GateBatch batch, CancellationToken cancellationToken);
}
