using System.Diagnostics.CodeAnalysis;

namespace Messaging;

/// <summary>Identifies a contact: a person known to the suite.</summary>
/// <param name="Value">A UUID version 7: values made by one process sort by the moment they were made.</param>
public readonly record struct ContactId(Guid Value) : IParsable<ContactId>, IComparable<ContactId>
{
    /// <inheritdoc/>
    public static ContactId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ContactId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new ContactId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(ContactId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <(ContactId left, ContactId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >(ContactId left, ContactId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <=(ContactId left, ContactId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >=(ContactId left, ContactId right) => left.CompareTo(right) >= 0;
}
