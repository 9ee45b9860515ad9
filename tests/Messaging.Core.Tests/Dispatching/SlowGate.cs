using Messaging.Core.Fakes;
using Messaging.Gates;

namespace Messaging.Core.Dispatching;

/// <summary>A gate that lets nothing be sent until it is opened, and sees how many batches it holds at a time.</summary>
internal sealed class SlowGate : ISendGate
{
    private readonly Gate _gate = new();
    private int _inside;

    public string Name => "slow";

    public int Order => 50;

    public GateRecheck Recheck => GateRecheck.Always;

    /// <summary>Gets the most batches that were before it at once.</summary>
    public int Most { get; private set; }

    public void Open() => _gate.Open();

    public async ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        if (!batch.BeforeSend)
        {
            return;
        }

        Most = Math.Max(Most, Interlocked.Increment(ref _inside));
        try
        {
            await _gate.PassAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }
}
