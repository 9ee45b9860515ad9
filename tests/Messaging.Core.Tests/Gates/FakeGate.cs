namespace Messaging.Gates;

/// <summary>A gate that does what a test says and remembers what it was asked.</summary>
internal sealed class FakeGate(string name, int order, Action<GateCandidate>? decide = null, GateRecheck recheck = GateRecheck.Always) : ISendGate
{
    public string Name => name;

    public int Order => order;

    public GateRecheck Recheck => recheck;

    public List<GateBatch> Asked { get; } = [];

    /// <summary>Gets or sets a task that each question waits for.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    public async ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        Asked.Add(batch);
        await Until;
        foreach (var candidate in batch.Candidates)
        {
            decide?.Invoke(candidate);
        }
    }
}
