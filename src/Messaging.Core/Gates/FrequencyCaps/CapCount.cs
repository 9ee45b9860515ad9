namespace Messaging.Gates;

/// <summary>Counts the deliveries of one recipient and category against their cap, in the order in which they come.</summary>
internal sealed class CapCount
{
    private readonly TimeSpan _period;
    private readonly int _limit;
    private readonly DateTimeOffset _now;
    private readonly List<CapEntry> _entries;

    public CapCount(CapWindow? window, int limit, TimeSpan period, DateTimeOffset now)
    {
        (_limit, _period, _now) = (limit, period, now);
        _entries = [.. (window?.Entries ?? []).Where(entry => entry.At > now - period).OrderBy(entry => entry.At)];
    }

    /// <summary>Gets a value indicating whether something was counted that was not before.</summary>
    public bool Changed { get; private set; }

    public IReadOnlyList<CapEntry> Entries => _entries;

    /// <summary>Lets a delivery pass, or says when it can.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="count">Whether it counts from now on.</param>
    /// <returns><see langword="null"/> when it passes.</returns>
    public DateTimeOffset? Ask(DeliveryId id, bool count)
    {
        if (_entries.Exists(entry => entry.Id == id))
        {
            return null;
        }

        if (_entries.Count >= _limit)
        {
            return _entries[_entries.Count - _limit].At + _period;
        }

        if (count)
        {
            _entries.Add(new CapEntry(id, _now));
            Changed = true;
        }

        return null;
    }
}
