using System.Collections.Immutable;

namespace Messaging.Storage;

/// <summary>Everything that is known of a delivery, in a form that can be merged: the order of arrival and repeats make no difference. Immutable.</summary>
/// <remarks><see cref="Merge"/> is commutative, associative and idempotent: entries meet by type and generation, and keep the least first and the greatest last.</remarks>
public sealed class Evidence : IEquatable<Evidence>
{
    private Evidence(ImmutableArray<EvidenceEntry> entries) => Entries = entries;

    /// <summary>Gets no evidence at all.</summary>
    public static Evidence None { get; } = new([]);

    /// <summary>Gets the entries, ordered by generation, then type.</summary>
    public ImmutableArray<EvidenceEntry> Entries { get; }

    /// <summary>Makes evidence of entries in any order.</summary>
    public static Evidence From(ReadOnlySpan<EvidenceEntry> entries)
    {
        var evidence = None;
        foreach (var entry in entries)
        {
            evidence = evidence.Merge(new Evidence([entry]));
        }

        return evidence;
    }

    /// <summary>Returns this evidence and one more fact.</summary>
    public Evidence With(MessageEventType type, DateTimeOffset at, int generation = 0) =>
        Merge(new Evidence([new EvidenceEntry(type, generation, at, at)]));

    /// <summary>Returns what either knows.</summary>
    public Evidence Merge(Evidence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Entries.IsEmpty || Entries.IsEmpty)
        {
            return Entries.IsEmpty ? other : this;
        }

        var merged = ImmutableArray.CreateBuilder<EvidenceEntry>(Entries.Length + other.Entries.Length);
        int i = 0, j = 0;
        while (i < Entries.Length && j < other.Entries.Length)
        {
            var order = Order(Entries[i], other.Entries[j]);
            merged.Add(order < 0 ? Entries[i] : order > 0 ? other.Entries[j] : Join(Entries[i], other.Entries[j]));
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        merged.AddRange(Entries.AsSpan(i, Entries.Length - i));
        merged.AddRange(other.Entries.AsSpan(j, other.Entries.Length - j));
        return new Evidence(merged.DrainToImmutable());
    }

    /// <summary>Returns whether the fact is known in any generation.</summary>
    public bool Has(MessageEventType type) => First(type) is not null;

    /// <summary>Returns whether the fact is known in one generation.</summary>
    public bool Has(MessageEventType type, int generation) => Last(type, generation) is not null;

    /// <summary>Returns when the fact first held, in any generation.</summary>
    public DateTimeOffset? First(MessageEventType type)
    {
        DateTimeOffset? first = null;
        foreach (var entry in Entries)
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
        foreach (var entry in Entries)
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

    private static int Order(in EvidenceEntry a, in EvidenceEntry b) =>
        a.Generation != b.Generation ? a.Generation.CompareTo(b.Generation) : a.Type.CompareTo(b.Type);

    private static EvidenceEntry Join(in EvidenceEntry a, in EvidenceEntry b) => a with
    {
        First = a.First < b.First ? a.First : b.First,
        Last = a.Last > b.Last ? a.Last : b.Last,
    };
}
