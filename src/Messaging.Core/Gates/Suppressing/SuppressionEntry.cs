namespace Messaging.Gates;

/// <summary>One reason against somebody. Reasons stand side by side: lifting one leaves the others.</summary>
/// <param name="Kind">The kind that is meant; <see langword="null"/> means all.</param>
/// <param name="Category">The category that is meant; <see langword="null"/> means all.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Source">Who or what put it there.</param>
/// <param name="Since">From when it counts.</param>
/// <param name="Until">When it ends; <see langword="null"/> means never.</param>
internal sealed record SuppressionEntry(
    string? Kind, string? Category, SuppressionReason Reason, string Source, DateTimeOffset Since, DateTimeOffset? Until)
{
    public bool Stands(DateTimeOffset now) => Since <= now && (Until is null || now < Until);

    public bool Applies(string kind, string category, DateTimeOffset now) =>
        (Kind is null || Kind == kind) && (Category is null || Category == category) && Stands(now);

    /// <summary>Returns whether it is about the same thing, for the same reason or another.</summary>
    public bool SameScope(string? kind, string? category) => Kind == kind && Category == category;

    /// <summary>Returns whether it may be lifted: what a person said stays until that person takes it back, what an operator said until an operator does.</summary>
    public bool LiftedBy(bool recipient) => Reason != (recipient ? SuppressionReason.Manual : SuppressionReason.Unsubscribed);

    /// <summary>Joins two of the same reason: the longer time wins, and the first source is kept.</summary>
    public SuppressionEntry Join(SuppressionEntry later) => this with
    {
        Since = Since < later.Since ? Since : later.Since,
        Until = Until is null || later.Until is null ? null : Until > later.Until ? Until : later.Until,
    };
}
