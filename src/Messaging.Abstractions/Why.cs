namespace Messaging;

/// <summary>Why something does not happen now, or does not happen at all. One shape for receipts, deliveries and dry runs.</summary>
/// <param name="Code">A stable, machine-readable code in snake case; see <see cref="WhyCodes"/>.</param>
/// <param name="Text">One sentence for a person; free of addresses, bodies and credentials.</param>
/// <param name="Until">The instant at which the reason ends, in UTC; <see langword="null"/> when none is known.</param>
public sealed record Why(string Code, string Text, DateTimeOffset? Until = null);
