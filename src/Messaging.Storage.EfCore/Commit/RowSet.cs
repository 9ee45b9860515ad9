using System.Diagnostics.CodeAnalysis;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>The rows of one table that a batch touches: what was loaded, and what became of it. Not thread safe.</summary>
internal sealed class RowSet<TKey, TRow>
    where TKey : notnull
    where TRow : class
{
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>Gets the rows that are to be inserted, in the order in which they were added.</summary>
    public IEnumerable<TRow> Added => _entries.Values.Where(entry => entry is { WasThere: false, Row: not null }).Select(entry => entry.Row!);

    /// <summary>Gets the rows that were there and are to be written again.</summary>
    public IEnumerable<TRow> Changed => _entries.Values.Where(entry => entry is { WasThere: true, IsChanged: true, Row: not null }).Select(entry => entry.Row!);

    /// <summary>Gets the keys of the rows that were there and are to be deleted.</summary>
    public IEnumerable<TKey> Removed => _entries.Where(pair => pair.Value is { WasThere: true, Row: null }).Select(pair => pair.Key);

    /// <summary>Gets the rows as they stand now.</summary>
    public IEnumerable<TRow> Rows => _entries.Values.Where(entry => entry.Row is not null).Select(entry => entry.Row!);

    public TRow? Find(TKey key) => _entries.TryGetValue(key, out var entry) ? entry.Row : null;

    public bool TryFind(TKey key, [NotNullWhen(true)] out TRow? row) => (row = Find(key)) is not null;

    /// <summary>Takes in a row as the database has it.</summary>
    public void Load(TKey key, TRow row) => _entries[key] = new Entry { Row = row, WasThere = true };

    /// <summary>Adds a row, or puts one in the place of a row that was removed.</summary>
    public void Add(TKey key, TRow row)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            (entry.Row, entry.IsChanged) = (row, true);
        }
        else
        {
            _entries.Add(key, new Entry { Row = row });
        }
    }

    /// <summary>Notes that a row was changed.</summary>
    public void Touch(TKey key) => _entries[key].IsChanged = true;

    public void Remove(TKey key)
    {
        if (_entries.TryGetValue(key, out var entry) && !entry.WasThere)
        {
            _entries.Remove(key);
        }
        else if (entry is not null)
        {
            entry.Row = null;
        }
    }

    private sealed class Entry
    {
        public TRow? Row { get; set; }

        public bool WasThere { get; init; }

        public bool IsChanged { get; set; }
    }
}
