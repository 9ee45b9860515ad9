namespace Messaging.Storage.Memory;

/// <summary>The dead-letter lists of all tenants, in the order of acceptance. Not thread safe.</summary>
internal sealed class DeadLetters(RowTable<DeliveryRow> rows)
{
    private readonly Dictionary<int, SortedRows> _lists = [];

    public void Add(int tenant, int row)
    {
        if (!_lists.TryGetValue(tenant, out var letters))
        {
            _lists.Add(tenant, letters = new());
        }

        letters.Add(new Probe(rows, rows[row].Number), row);
    }

    public void Remove(int tenant, int row)
    {
        if (_lists.TryGetValue(tenant, out var letters) && letters.Remove(new Probe(rows, rows[row].Number)) && letters.Count == 0)
        {
            _lists.Remove(tenant);
        }
    }

    /// <summary>Lists a tenant's dead letters, the newest first, from before a number on.</summary>
    public IEnumerable<int> Before(int tenant, long number) =>
        _lists.TryGetValue(tenant, out var letters) ? letters.Before(letters.Seek(new Probe(rows, number))) : [];

    private readonly struct Probe(RowTable<DeliveryRow> rows, long number) : IRowProbe
    {
        public int CompareTo(int row) => number.CompareTo(rows[row].Number);
    }
}
