using System.Diagnostics.CodeAnalysis;

namespace Messaging;

/// <summary>Identifies a plan: the route of one message to one recipient.</summary>
/// <param name="Value">A UUID version 7: values made by one process sort by the moment they were made.</param>
public readonly record struct PlanId(Guid Value) : IParsable<PlanId>, IComparable<PlanId>
{
    /// <inheritdoc/>
    public static PlanId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PlanId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new PlanId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(PlanId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <(PlanId left, PlanId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >(PlanId left, PlanId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <=(PlanId left, PlanId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >=(PlanId left, PlanId right) => left.CompareTo(right) >= 0;
}
