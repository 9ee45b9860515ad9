using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>What became of a claimed batch: what may be sent now, and how the rest is settled. Filled anew for every batch.</summary>
internal sealed class PreparedBatch
{
    /// <summary>Gets the attempts to make, in the order of the queue.</summary>
    public List<Attempt> Attempts { get; } = [];

    /// <summary>Gets what is settled without an attempt, and by which change.</summary>
    public List<(HeldWork Held, Change Change)> Settled { get; } = [];

    public void Clear()
    {
        Attempts.Clear();
        Settled.Clear();
    }
}
