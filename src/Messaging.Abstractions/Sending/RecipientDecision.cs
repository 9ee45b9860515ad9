using Messaging.Gates;

namespace Messaging;

/// <summary>What would become of one recipient of a request.</summary>
public sealed record RecipientDecision
{
    /// <summary>Gets the overall outcome: the first gate that does not pass decides.</summary>
    public required GateOutcome Outcome { get; init; }

    /// <summary>Gets the reason, when the outcome is not <see cref="GateOutcome.Pass"/>.</summary>
    public Why? Why { get; init; }

    /// <summary>Gets the kind of the first delivery.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the account that would carry it; the first of a group.</summary>
    public required string Account { get; init; }

    /// <summary>Gets the locale that would be rendered; <see langword="null"/> without a template.</summary>
    public string? Locale { get; init; }

    /// <summary>Gets the version of the template that would be rendered; <see langword="null"/> without a template.</summary>
    public int? TemplateVersion { get; init; }

    /// <summary>Gets every gate's verdict, in the order in which they are asked.</summary>
    public required IReadOnlyList<GateVerdict> Verdicts { get; init; }
}
