using System.Collections;
using System.Globalization;

namespace Messaging.Templates;

/// <summary>Brings values into the closed set that <see cref="TemplateData"/> keeps.</summary>
public static class TemplateValues
{
    private const int MaxDepth = 32;

    /// <summary>Returns the value, or its counterpart in the closed set.</summary>
    /// <param name="name">The variable, for the error text.</param>
    /// <param name="value">The value; numbers widen, enums, ids and characters become strings, dictionaries and sequences become trees.</param>
    /// <exception cref="ArgumentException">The type has no counterpart.</exception>
    public static object? Normalize(string name, object? value) => Normalize(name, value, 0);

    private static object? Normalize(string name, object? value, int depth) => value switch
    {
        null or string or bool or long or decimal or double => value,
        DateTime { Kind: not DateTimeKind.Unspecified } instant => new DateTimeOffset(instant),
        DateTimeOffset or DateTime or DateOnly or TimeOnly or TimeSpan => value,
        TemplateData or TemplateList => value,
        int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong u => (decimal)u,
        float f => (double)f,
        char or Guid or Uri or Enum => value.ToString(),
        _ when depth == MaxDepth => throw new ArgumentException($"The variable '{name}' is nested deeper than {MaxDepth} levels.", nameof(value)),
        IEnumerable<KeyValuePair<string, object?>> map => Tree(map, depth),
        IEnumerable<KeyValuePair<string, string>> map => Tree(map.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value)), depth),
        IEnumerable sequence => new TemplateList([.. sequence.Cast<object?>().Select(item => Normalize(name, item, depth + 1))]),
        _ => throw new ArgumentException(
            $"The variable '{name}' has the type {value.GetType()}, which template data cannot keep. "
            + "Give a number, text, date, boolean, list or dictionary, or a type read by a MessageDefinition.", nameof(value)),
    };

    private static TemplateData Tree(IEnumerable<KeyValuePair<string, object?>> map, int depth)
    {
        var pairs = map.ToArray();
        return new TemplateData(new TemplateShape(pairs.Select(p => p.Key)), [.. pairs.Select(p => Normalize(p.Key, p.Value, depth + 1))]);
    }
}
