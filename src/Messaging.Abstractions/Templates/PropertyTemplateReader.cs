using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Messaging.Templates;

/// <summary>Reads a type's public properties. Types inside of it would need reflection that trimming does not foresee, and are refused by name.</summary>
internal static class PropertyTemplateReader
{
    public static TemplateDataReader<T> Make<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>()
        where T : notnull
    {
        var properties = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanRead && p.GetMethod!.IsPublic && p.GetIndexParameters().Length == 0)
            .DistinctBy(p => p.Name)
            .ToArray();
        foreach (var property in properties)
        {
            if (Unreadable(property.PropertyType) is { } type)
            {
                throw new ArgumentException(
                    $"The property {typeof(T).Name}.{property.Name} is or holds a {type.Name}, which template data cannot keep and which is not read by reflection. "
                    + "Make the definition with the type's source-generated JSON metadata (MessageDefinition.Create(…, MyJson.Default.MyType)), or give a dictionary.");
            }
        }

        return new TemplateDataReader<T>(
            properties.Select(p => p.Name),
            [.. properties.Select(p => (Func<object, object?>)(o => p.GetValue(o, BindingFlags.DoNotWrapExceptions, null, null, null)))]);
    }

    /// <summary>Returns the type that certainly cannot be read; what may hold anything is looked at when there is a value.</summary>
    private static Type? Unreadable(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray)
        {
            return Unreadable(type.GetElementType()!);
        }

        if (type.IsPrimitive || type.IsEnum || type == typeof(object) || TemplateValues.Keeps(type))
        {
            return null;
        }

        return !typeof(IEnumerable).IsAssignableFrom(type) ? type
            : type.IsGenericType ? type.GetGenericArguments().Select(Unreadable).FirstOrDefault(t => t is not null)
            : null;
    }
}
