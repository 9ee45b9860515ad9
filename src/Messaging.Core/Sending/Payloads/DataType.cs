namespace Messaging.Sending;

/// <summary>The types of values in stored template data. Values never change once released: stores keep them.</summary>
internal enum DataType : byte
{
    Null = 0,
    False = 1,
    True = 2,

    /// <summary>A zigzag varint.</summary>
    Long = 3,

    /// <summary>Four little-endian words, as <see cref="decimal.GetBits(decimal)"/> gives them: the scale counts.</summary>
    Decimal = 4,

    /// <summary>Eight bytes, little-endian.</summary>
    Double = 5,

    Text = 6,

    /// <summary>Ticks as the clock there shows, and the offset in minutes as a zigzag varint.</summary>
    Instant = 7,

    /// <summary>Ticks.</summary>
    LocalTime = 8,

    /// <summary>The number of the day.</summary>
    Date = 9,

    /// <summary>Ticks since midnight.</summary>
    Time = 10,

    /// <summary>Ticks.</summary>
    Span = 11,

    /// <summary>Names and values.</summary>
    Tree = 12,

    /// <summary>A count and values.</summary>
    List = 13,
}
