using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Messaging.Templates;

/// <summary>Reads a type through its source-generated metadata, so that nothing is found by reflection. One for each type, made once.</summary>
internal sealed class JsonTemplateReader
{
    private const int MaxDepth = 32;
    private readonly JsonTypeInfo _json;
    private readonly ConcurrentDictionary<Type, JsonTemplateReader?> _readers;
    private readonly string[] _names;
    private readonly Func<object, object?>[] _getters;
    private TemplateShape? _shape;

    private JsonTemplateReader(JsonTypeInfo json, ConcurrentDictionary<Type, JsonTemplateReader?> readers)
    {
        (_json, _readers) = (json, readers);
        var properties = json.Properties.Where(p => p.Get is not null).ToArray();
        _names = [.. properties.Select(NetName)];
        _getters = [.. properties.Select(p => p.Get!)];
    }

    public static TemplateDataReader<T> Make<T>(JsonTypeInfo<T> json)
        where T : notnull
    {
        var reader = new JsonTemplateReader(json, new());
        return new TemplateDataReader<T>(
            reader._names,
            [.. reader._getters.Select((get, i) => (Func<object, object?>)(o => reader.Convert(reader._names[i], get(o), 1)))]);
    }

    /// <summary>A naming policy changes how a property is written in JSON; a template knows it by the name that it has in code.</summary>
    private static string NetName(JsonPropertyInfo property) => (property.AttributeProvider as MemberInfo)?.Name ?? property.Name;

    private TemplateData Read(object value, int depth)
    {
        var values = new object?[_getters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Convert(_names[i], _getters[i](value), depth + 1);
        }

        return new TemplateData(_shape ??= new TemplateShape(_names), values);
    }

    private object? Convert(string name, object? value, int depth) => value switch
    {
        null or string or IConvertible or TemplateData or TemplateList => TemplateValues.Normalize(name, value),
        _ when depth > MaxDepth => throw new ArgumentException($"The variable '{name}' is nested deeper than {MaxDepth} levels, or contains itself.", nameof(value)),
        IDictionary map => ConvertMap(map, depth),
        IEnumerable<KeyValuePair<string, object?>> or IEnumerable<KeyValuePair<string, string>> => TemplateValues.Normalize(name, value),
        IEnumerable sequence and not Uri => ConvertList(name, sequence, depth),
        _ => ReaderOf(value.GetType()) is { } reader ? reader.Read(value, depth) : TemplateValues.Normalize(name, value),
    };

    // Asked first without the factory: a delegate for each value of a list would be garbage.
    private JsonTemplateReader? ReaderOf(Type type) => _readers.TryGetValue(type, out var known) ? known : _readers.GetOrAdd(type, Find);

    private JsonTemplateReader? Find(Type type) =>
        _json.Options.TypeInfoResolver?.GetTypeInfo(type, _json.Options) is { Kind: JsonTypeInfoKind.Object } json ? new JsonTemplateReader(json, _readers) : null;

    private TemplateList ConvertList(string name, IEnumerable sequence, int depth) =>
        ConvertList(name, sequence is IList list and not Array { Rank: > 1 } ? list : sequence.Cast<object?>().ToArray(), depth);

    private TemplateList ConvertList(string name, IList list, int depth)
    {
        var items = new object?[list.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Convert(name, list[i], depth + 1);
        }

        return new TemplateList(items);
    }

    private TemplateData ConvertMap(IDictionary map, int depth)
    {
        var names = new string[map.Count];
        var values = new object?[map.Count];
        var i = 0;
        foreach (DictionaryEntry entry in map)
        {
            names[i] = TemplateValues.NameOf(entry.Key);
            values[i] = Convert(names[i], entry.Value, depth + 1);
            i++;
        }

        return new TemplateData(TemplateShape.ForOne(names), values);
    }
}
