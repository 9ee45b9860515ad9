namespace Messaging.Gates;

/// <summary>One gate's word on one delivery.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Outcome">What it said.</param>
/// <param name="Why">The reason, unless it passed.</param>
public sealed record GateVerdict(string Gate, GateOutcome Outcome, Why? Why = null);
