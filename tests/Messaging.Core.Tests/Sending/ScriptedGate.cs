using Messaging.Gates;

namespace Messaging.Sending;

/// <summary>Says of every candidate what the test says.</summary>
internal sealed class ScriptedGate(Action<GateCandidate> say, string name = "scripted", int order = 10) : ISendGate
{
    public string Name => name;

    public int Order => order;

    public GateRecheck Recheck => GateRecheck.Always;

    public GateBatch? LastBatch { get; private set; }

    public int Asked { get; private set; }

    public Action<GateBatch>? OnAsked { get; set; }

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        LastBatch = batch;
        Asked++;
        OnAsked?.Invoke(batch);
        foreach (var candidate in batch.Candidates)
        {
            say(candidate);
        }

        return ValueTask.CompletedTask;
    }
}
