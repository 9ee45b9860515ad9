using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Messaging.Channels;

/// <summary>A cache of two generations: when the young one is full it becomes the old one, and what the old one held and nobody asked for is gone.</summary>
/// <remarks>Holds at most <paramref name="capacity"/> entries, and the half of it that was used last for certain. Reads take no lock.</remarks>
internal sealed class BoundedCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly int _half = Math.Max(1, capacity / 2);
    private readonly Lock _gate = new();
    private ConcurrentDictionary<TKey, TValue> _young = new();
    private ConcurrentDictionary<TKey, TValue> _old = new();
    private int _count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_young.TryGetValue(key, out value))
        {
            return true;
        }

        if (!_old.TryGetValue(key, out value))
        {
            return false;
        }

        Set(key, value);
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (!_young.ContainsKey(key) && ++_count > _half)
            {
                (_old, _young, _count) = (_young, new(), 1);
            }

            _young[key] = value;
        }
    }

    public void Remove(TKey key)
    {
        lock (_gate)
        {
            _old.TryRemove(key, out _);
            _count -= _young.TryRemove(key, out _) ? 1 : 0;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            (_old, _young, _count) = (new(), new(), 0);
        }
    }
}
