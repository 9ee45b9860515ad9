using System.Diagnostics.CodeAnalysis;

namespace Messaging;

/// <summary>Identifies a message: content accepted once, for one or many recipients.</summary>
/// <param name="Value">A UUID version 7: values made by one process sort by the moment they were made.</param>
public readonly record struct MessageId(Guid Value) : IParsable<MessageId>, IComparable<MessageId>
{
    /// <inheritdoc/>
    public static MessageId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MessageId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new MessageId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(MessageId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <(MessageId left, MessageId right) => left.CompareTo(right) < 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >(MessageId left, MessageId right) => left.CompareTo(right) > 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator <=(MessageId left, MessageId right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by value, so by time of making within one process.</summary>
    public static bool operator >=(MessageId left, MessageId right) => left.CompareTo(right) >= 0;
}
