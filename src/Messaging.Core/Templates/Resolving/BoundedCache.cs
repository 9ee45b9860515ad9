using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Messaging.Templates;

/// <summary>Keeps what is used; when it is full, the eighth that was not used for longest goes. Safe for concurrent use; a hit takes no lock.</summary>
internal sealed class BoundedCache<TKey, TValue>(Func<int> bound)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Slot> _slots = new();
    private long _uses;

    public int Count => _slots.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            value = null;
            return false;
        }

        // Approximate on purpose: an exact order would make all readers meet in one place.
        slot.LastUse = Volatile.Read(ref _uses);
        value = slot.Value;
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        _slots[key] = new Slot(value) { LastUse = Interlocked.Increment(ref _uses) };
        if (_slots.Count > bound())
        {
            Shrink();
        }
    }

    public void RemoveWhere(Func<TKey, bool> matches)
    {
        foreach (var (key, _) in _slots)
        {
            if (matches(key))
            {
                _slots.TryRemove(key, out _);
            }
        }
    }

    private void Shrink()
    {
        var slots = _slots.ToArray();
        Array.Sort(slots, static (a, b) => a.Value.LastUse.CompareTo(b.Value.LastUse));
        foreach (var (key, _) in slots.AsSpan(0, Math.Max(1, slots.Length / 8)))
        {
            _slots.TryRemove(key, out _);
        }
    }

    private sealed class Slot(TValue value)
    {
        public TValue Value { get; } = value;

        public long LastUse { get; set; }
    }
}
