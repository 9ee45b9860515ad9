using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Everything that stands against one address or contact.</summary>
internal sealed record SuppressionList : IEntity<SuppressionList>
{
    public const string ByWho = "who";

    public static EntitySchema<SuppressionList> Schema { get; } =
        new EntitySchema<SuppressionList>("suppressions", GateJson.Default.SuppressionList).Unique(ByWho, list => list.Key);

    public required TenantId Tenant { get; init; }

    /// <summary>Gets whom it is about; see <see cref="SuppressionKeys"/>.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the address as it was given first.</summary>
    public Address? Address { get; init; }

    public ContactId? ContactId { get; init; }

    public IReadOnlyList<SuppressionEntry> Entries { get; init; } = [];

    /// <summary>Returns the strongest reason against a message.</summary>
    public SuppressionEntry? Against(string kind, string category, DateTimeOffset now)
    {
        SuppressionEntry? strongest = null;
        foreach (var entry in Entries)
        {
            if (entry.Applies(kind, category, now) && (strongest is null || entry.Reason > strongest.Reason))
            {
                strongest = entry;
            }
        }

        return strongest;
    }

    /// <summary>Returns the strongest reason of one scope.</summary>
    public SuppressionEntry? Standing(string? kind, string? category, DateTimeOffset now) =>
        Entries.Where(entry => entry.SameScope(kind, category) && entry.Stands(now)).MaxBy(entry => entry.Reason);

    /// <summary>Returns the list with one more reason, and without what has ended.</summary>
    public SuppressionList With(SuppressionEntry added, DateTimeOffset now)
    {
        var same = Entries.FirstOrDefault(entry => entry.Reason == added.Reason && entry.SameScope(added.Kind, added.Category) && !Ended(entry, now));
        return this with { Entries = [.. Entries.Where(entry => entry != same && !Ended(entry, now)), same?.Join(added) ?? added] };
    }

    /// <summary>Returns the list without what may be lifted of one scope.</summary>
    public SuppressionList Without(string? kind, string? category, bool byRecipient) =>
        this with { Entries = [.. Entries.Where(entry => !entry.SameScope(kind, category) || !entry.LiftedBy(byRecipient))] };

    private static bool Ended(SuppressionEntry entry, DateTimeOffset now) => entry.Until <= now;
}
