using System.Diagnostics.CodeAnalysis;

namespace Messaging;

/// <summary>Identifies a delivery: one message for one recipient over one kind of channel.</summary>
/// <param name="Value">A UUID version 7: values made by one process sort by the moment they were made.</param>
public readonly record struct DeliveryId(Guid Value) : IParsable<DeliveryId>, IComparable<DeliveryId>
{
    /// <inheritdoc/>
    public static DeliveryId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DeliveryId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new DeliveryId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(DeliveryId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <(DeliveryId left, DeliveryId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >(DeliveryId left, DeliveryId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <=(DeliveryId left, DeliveryId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >=(DeliveryId left, DeliveryId right) => left.CompareTo(right) >= 0;
}
