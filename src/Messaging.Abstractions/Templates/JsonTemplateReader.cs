using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace Messaging.Templates;

/// <summary>Reads a type through its source-generated metadata, so that nothing is found by reflection.</summary>
internal static class JsonTemplateReader
{
    public static TemplateDataReader<T> Make<T>(JsonTypeInfo<T> json)
        where T : notnull
    {
        var properties = Readable(json);
        return new TemplateDataReader<T>(
            properties.Select(p => p.Name),
            [.. properties.Select(p => (Func<object, object?>)(o => Convert(json, p.Get!(o))))]);
    }

    private static JsonPropertyInfo[] Readable(JsonTypeInfo json) => [.. json.Properties.Where(p => p.Get is not null)];

    private static object? Convert(JsonTypeInfo owner, object? value) => value switch
    {
        null or string or IConvertible => value,
        IEnumerable<KeyValuePair<string, object?>> or IEnumerable<KeyValuePair<string, string>> => value,
        IEnumerable sequence => sequence.Cast<object?>().Select(item => Convert(owner, item)).ToArray(),
        _ => Nested(owner, value),
    };

    private static object Nested(JsonTypeInfo owner, object value)
    {
        if (owner.Options.TypeInfoResolver?.GetTypeInfo(value.GetType(), owner.Options) is not { Kind: JsonTypeInfoKind.Object } json)
        {
            return value;
        }

        var properties = Readable(json);
        return new TemplateData(
            new TemplateShape(properties.Select(p => p.Name)),
            [.. properties.Select(p => TemplateValues.Normalize(p.Name, Convert(json, p.Get!(value))))]);
    }
}
