namespace Messaging.Storage;

/// <summary>How much work to claim.</summary>
public sealed record ClaimRequest
{
    /// <summary>Gets the most items to claim, over all lanes.</summary>
    public required int Max { get; init; }

    /// <summary>Gets how long the claim holds unless it is extended.</summary>
    public required TimeSpan LeaseFor { get; init; }

    /// <summary>Gets who claims, for rescue and display.</summary>
    public required string Owner { get; init; }

    /// <summary>Gets the items reserved for each lane, from Critical to Bulk. What a lane leaves goes to the others, Critical first.</summary>
    /// <value>Empty means no reserve: strictly by lane.</value>
    public IReadOnlyList<int> Reserved { get; init; } = [];

    /// <summary>Gets the kinds to claim; empty means all.</summary>
    public IReadOnlyList<WorkKind> Kinds { get; init; } = [];
}
