using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Messaging.Templates;

/// <summary>Brings values into the closed set that <see cref="TemplateData"/> keeps.</summary>
public static class TemplateValues
{
    private const int MaxDepth = 32;
    private static readonly object[] s_small = [.. Enumerable.Range(0, 256).Select(i => (object)(long)i)];

    /// <summary>Returns the value, or its counterpart in the closed set.</summary>
    /// <param name="name">The variable, for the error text.</param>
    /// <param name="value">The value; numbers widen, enums, ids and characters become strings, dictionaries, sequences and JSON become trees.</param>
    /// <exception cref="ArgumentException">The type has no counterpart.</exception>
    public static object? Normalize(string name, object? value) => Normalize(name, value, 0);

    /// <summary>Returns whether values of a type are kept, or have a counterpart of one value.</summary>
    internal static bool Keeps(Type type) =>
        type == typeof(string) || type == typeof(decimal) || type == typeof(DateTimeOffset) || type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeOnly)
        || type == typeof(TimeSpan) || type == typeof(Guid) || type == typeof(Uri) || type == typeof(JsonElement) || type == typeof(TemplateData) || type == typeof(TemplateList);

    /// <summary>Counts, minutes and prices of a template are mostly small: their objects are there already.</summary>
    private static object Whole(long value) => (ulong)value < (ulong)s_small.Length ? s_small[value] : value;

    /// <summary>Returns the variable's name of a dictionary's key.</summary>
    internal static string NameOf(object key) => key as string ?? Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";

    private static object? Normalize(string name, object? value, int depth) => value switch
    {
        null or string or bool or long or decimal or double => value,
        DateTime { Kind: not DateTimeKind.Unspecified } instant => new DateTimeOffset(instant),
        DateTimeOffset or DateTime or DateOnly or TimeOnly or TimeSpan => value,
        TemplateData or TemplateList => value,
        int or short or sbyte or byte or ushort or uint => Whole(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong u => (decimal)u,
        float f => (double)f,
        char or Guid or Uri or Enum => value.ToString(),
        _ when depth >= MaxDepth => throw new ArgumentException($"The variable '{name}' is nested deeper than {MaxDepth} levels.", nameof(value)),
        IDictionary map => Tree(Pairs(map), depth),
        IEnumerable<KeyValuePair<string, object?>> map => Tree(map, depth),
        IEnumerable<KeyValuePair<string, string>> map => Tree(map.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value)), depth),
        JsonElement json => FromJson(name, json, depth),
        IEnumerable sequence => List(name, sequence, depth),
        _ => throw new ArgumentException(
            $"The variable '{name}' has the type {value.GetType()}, which template data cannot keep. "
            + "Give a number, text, date, boolean, list or dictionary, or a type read by a MessageDefinition.", nameof(value)),
    };

    // A method of its own: a lambda in the switch would cost every value, of whatever type, the object that it captures in.
    private static TemplateList List(string name, IEnumerable sequence, int depth) =>
        new([.. sequence.Cast<object?>().Select(item => Normalize(name, item, depth + 1))]);

    private static TemplateData Tree(IEnumerable<KeyValuePair<string, object?>> map, int depth)
    {
        var pairs = map.ToArray();
        return new TemplateData(
            TemplateShape.ForOne(Array.ConvertAll(pairs, static p => p.Key)), Array.ConvertAll(pairs, p => Normalize(p.Key, p.Value, depth + 1)));
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return KeyValuePair.Create(NameOf(entry.Key), entry.Value);
        }
    }

    /// <summary>Whole numbers stay whole, and no number loses digits; what looks like a date stays text, which helpers read.</summary>
    private static object? FromJson(string name, JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.TryGetDecimal(out var number) ? number : json.GetDouble(),
        JsonValueKind.Array => List(name, json.EnumerateArray(), depth),
        JsonValueKind.Object => Tree(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, (object?)p.Value)), depth),
        _ => null,
    };
}
