using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace Messaging.Templates;

/// <summary>Makes readers that turn a host's type into <see cref="TemplateData"/>, once per type.</summary>
public static class TemplateDataReader
{
    /// <summary>Reads public instance properties. Values of host types nested inside need <see cref="ForJson{T}"/>.</summary>
    /// <exception cref="ArgumentException">A property is of such a type; the text names it.</exception>
    public static TemplateDataReader<T> ForProperties<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>()
        where T : notnull => PropertyTemplateReader.Make<T>();

    /// <summary>Reads the properties that the metadata lists, under their .NET names; nested types by the same resolver.</summary>
    public static TemplateDataReader<T> ForJson<T>(JsonTypeInfo<T> json)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonTemplateReader.Make(json);
    }
}
