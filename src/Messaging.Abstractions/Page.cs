namespace Messaging;

/// <summary>One page of a list that is read by cursor.</summary>
/// <param name="Items">The rows, in the order that the query states.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last one. Opaque; stays valid while the list grows.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
