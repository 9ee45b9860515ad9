namespace Messaging.Storage.Memory;

/// <summary>What is ready in one lane: tenants take turns, and within a tenant the oldest due goes first.</summary>
internal sealed class TenantRing
{
    private readonly Dictionary<TenantId, SortedSet<WorkEntry>> _tenants = [];
    private readonly LinkedList<TenantId> _turns = [];

    public int Count { get; private set; }

    public IEnumerable<WorkEntry> Oldest => _tenants.Values.Select(ready => ready.Min!);

    public void Add(WorkEntry work)
    {
        if (!_tenants.TryGetValue(work.Tenant, out var ready))
        {
            _tenants.Add(work.Tenant, ready = new(WorkOrder.Instance));
            _turns.AddLast(work.Tenant);
        }

        ready.Add(work);
        Count++;
    }

    public void Remove(WorkEntry work)
    {
        var ready = _tenants[work.Tenant];
        ready.Remove(work);
        Count--;
        if (ready.Count == 0)
        {
            _tenants.Remove(work.Tenant);
            _turns.Remove(work.Tenant);
        }
    }

    public WorkEntry Take()
    {
        var tenant = _turns.First!.Value;
        var work = _tenants[tenant].Min!;
        _turns.RemoveFirst();
        _turns.AddLast(tenant);
        Remove(work);
        return work;
    }
}
