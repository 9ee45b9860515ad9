using Messaging.Gates;

namespace Messaging.Sending;

/// <summary>Stops what the staging guard lets go nowhere, so that history says why.</summary>
internal sealed class StagingGate(RecipientGuard guard) : ISendGate
{
    public string Name => "staging";

    public int Order => 50;

    public GateRecheck Recheck => GateRecheck.Always;

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        if (guard.IsOpen)
        {
            return ValueTask.CompletedTask;
        }

        for (var i = 0; i < batch.Candidates.Count; i++)
        {
            if (guard.Pass(batch.Candidates[i].Address, out var why) is null)
            {
                batch.Candidates[i].Suppress(why!);
            }
        }

        return ValueTask.CompletedTask;
    }
}
