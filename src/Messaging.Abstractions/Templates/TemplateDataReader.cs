using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Messaging.Templates;

/// <summary>Makes readers that turn a host's type into <see cref="TemplateData"/>, once per type.</summary>
public static class TemplateDataReader
{
    /// <summary>Reads public instance properties. Values of host types nested inside need <see cref="ForJson{T}"/>.</summary>
    public static TemplateDataReader<T> ForProperties<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>()
        where T : notnull
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetIndexParameters().Length == 0)
            .ToArray();
        return new TemplateDataReader<T>(
            properties.Select(p => p.Name),
            [.. properties.Select(p => (Func<object, object?>)p.GetValue)]);
    }

    /// <summary>Reads the properties that the metadata lists, under their .NET names; nested types by the same resolver.</summary>
    public static TemplateDataReader<T> ForJson<T>(JsonTypeInfo<T> json)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonTemplateReader.Make(json);
    }
}
