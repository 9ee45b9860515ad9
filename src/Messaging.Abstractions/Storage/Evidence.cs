using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Messaging.Storage;

/// <summary>Everything that is known of a delivery, in a form that can be merged: the order of arrival and repeats make no difference. Immutable.</summary>
/// <remarks><see cref="Merge"/> is commutative, associative and idempotent: entries meet by type and generation, and keep the least first and the greatest last.</remarks>
public sealed class Evidence : IEquatable<Evidence>
{
    /// <summary>A bit for each type that is there, so that asking for one that is not costs nothing.</summary>
    private readonly ulong _types;

    private Evidence(EvidenceEntry[] entries)
    {
        Entries = ImmutableCollectionsMarshal.AsImmutableArray(entries);
        foreach (var entry in entries)
        {
            _types |= Bit(entry.Type);
        }
    }

    /// <summary>Gets no evidence at all.</summary>
    public static Evidence None { get; } = new([]);

    /// <summary>Gets the entries, ordered by generation, then type.</summary>
    public ImmutableArray<EvidenceEntry> Entries { get; }

    /// <summary>Makes evidence of entries in any order.</summary>
    public static Evidence From(ReadOnlySpan<EvidenceEntry> entries)
    {
        if (IsInOrder(entries))
        {
            return entries.IsEmpty ? None : new Evidence(entries.ToArray());
        }

        var evidence = None;
        foreach (var entry in entries)
        {
            evidence = evidence.Merge(new Evidence([entry]));
        }

        return evidence;
    }

    /// <summary>Returns this evidence and one more fact.</summary>
    public Evidence With(MessageEventType type, DateTimeOffset at, int generation = 0) =>
        Join([new EvidenceEntry(type, generation, at, at)]);

    /// <summary>Returns what either knows.</summary>
    public Evidence Merge(Evidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Entries.IsEmpty || ReferenceEquals(this, other) ? this : Entries.IsEmpty ? other : Join(other.Entries.AsSpan());
    }

    /// <summary>Returns whether the fact is known in any generation.</summary>
    public bool Has(MessageEventType type) => (_types & Bit(type)) != 0;

    /// <summary>Returns whether the fact is known in one generation.</summary>
    public bool Has(MessageEventType type, int generation) => Has(type) && Last(type, generation) is not null;

    /// <summary>Returns when the fact first held, in any generation.</summary>
    public DateTimeOffset? First(MessageEventType type)
    {
        DateTimeOffset? first = null;
        foreach (ref readonly var entry in Entries.AsSpan())
        {
            if (entry.Type == type && (first is null || entry.First < first))
            {
                first = entry.First;
            }
        }

        return first;
    }

    /// <summary>Returns when the fact last held in one generation, or in any when none is given.</summary>
    public DateTimeOffset? Last(MessageEventType type, int? generation = null)
    {
        DateTimeOffset? last = null;
        foreach (ref readonly var entry in Entries.AsSpan())
        {
            if (entry.Type == type && (generation is null || entry.Generation == generation) && (last is null || entry.Last > last))
            {
                last = entry.Last;
            }
        }

        return last;
    }

    /// <inheritdoc/>
    public bool Equals(Evidence? other) => other is not null && Entries.AsSpan().SequenceEqual(other.Entries.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Evidence);

    /// <inheritdoc/>
    public override int GetHashCode() => Entries.IsEmpty ? 0 : HashCode.Combine(Entries.Length, Entries[0], Entries[^1]);

    private static ulong Bit(MessageEventType type) => 1UL << ((int)type & 63);

    private static bool IsInOrder(ReadOnlySpan<EvidenceEntry> entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (Order(entries[i - 1], entries[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private Evidence Join(ReadOnlySpan<EvidenceEntry> other)
    {
        var mine = Entries.AsSpan();
        var merged = new EvidenceEntry[mine.Length + other.Length];
        int i = 0, j = 0, count = 0;
        while (i < mine.Length && j < other.Length)
        {
            var order = Order(mine[i], other[j]);
            merged[count++] = order < 0 ? mine[i] : order > 0 ? other[j] : Join(mine[i], other[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        mine[i..].CopyTo(merged.AsSpan(count));
        other[j..].CopyTo(merged.AsSpan(count + mine.Length - i));
        count += mine.Length - i + other.Length - j;
        return count == mine.Length && merged.AsSpan(0, count).SequenceEqual(mine) ? this : new Evidence(count == merged.Length ? merged : merged[..count]);
    }

    private static int Order(in EvidenceEntry a, in EvidenceEntry b) =>
        a.Generation != b.Generation ? a.Generation.CompareTo(b.Generation) : ((int)a.Type).CompareTo((int)b.Type);

    private static EvidenceEntry Join(in EvidenceEntry a, in EvidenceEntry b) => a with
    {
        First = a.First < b.First ? a.First : b.First,
        Last = a.Last > b.Last ? a.Last : b.Last,
    };
}
