namespace Messaging.Gates;

/// <summary>A gate with a mark that a test sets.</summary>
internal sealed class FakeMarkedGate(bool isMarked) : IMarkedGate
{
    public string Name => "marked";

    public int Order => 2;

    public GateRecheck Recheck => GateRecheck.Always;

    /// <summary>Gets a task that ends when the mark is read.</summary>
    public TaskCompletionSource MarkRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<GateBatch> Asked { get; } = [];

    public ValueTask<bool> IsMarkedAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        MarkRead.TrySetResult();
        return new(isMarked);
    }

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        Asked.Add(batch);
        return default;
    }
}
