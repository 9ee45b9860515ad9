namespace Messaging.Dispatching;

/// <summary>What one claim brought, and what became of it in preparation. Filled anew for every claim.</summary>
internal sealed class ClaimedBatch
{
    /// <summary>Gets all of it.</summary>
    public List<HeldWork> All { get; } = [];

    /// <summary>Gets the deliveries.</summary>
    public List<Attempt> Deliveries { get; } = [];

    /// <summary>Gets the work that is not a delivery.</summary>
    public List<HeldWork> Others { get; } = [];

    /// <summary>Gets what became of the deliveries.</summary>
    public PreparedBatch Prepared { get; } = new();

    public void Clear()
    {
        All.Clear();
        Deliveries.Clear();
        Others.Clear();
        Prepared.Clear();
    }
}
