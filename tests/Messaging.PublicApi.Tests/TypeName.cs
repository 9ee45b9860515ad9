using System.Reflection;

namespace Messaging.PublicApi;

/// <summary>A type as C# names it, with what may be null.</summary>
internal static class TypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char",
        [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long",
        [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
        [typeof(string)] = "string", [typeof(object)] = "object",
    };

    public static string Of(Type type) => Of(type, null);

    public static string Of(NullabilityInfo info, bool written = false)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var state = written ? info.WriteState : info.ReadState;
        return Of(type, info) + (state == NullabilityState.Nullable && !type.IsValueType ? "?" : "");
    }

    public static string OfDefinition(Type type)
    {
        var outer = type.DeclaringType is { } declaring ? OfDefinition(declaring) + "." : "";
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).Select(Parameter).ToArray();
        return outer + Bare(type) + (own.Length > 0 ? $"<{string.Join(", ", own)}>" : "");
    }

    private static string Parameter(Type argument) => argument.IsGenericParameter
        ? (argument.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out ",
            GenericParameterAttributes.Contravariant => "in ",
            _ => "",
        } + argument.Name
        : Of(argument);

    private static string Of(Type type, NullabilityInfo? info)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return $"{(info?.ElementType is { } element ? Of(element) : Of(type.GetElementType()!))}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying, info) + "?";
        }

        return Generic(type, info);
    }

    private static string Generic(Type type, NullabilityInfo? info)
    {
        var arguments = type.GetGenericArguments();
        var names = arguments.Select((argument, index) =>
            info is not null && info.GenericTypeArguments.Length == arguments.Length ? Of(info.GenericTypeArguments[index]) : Of(argument)).ToArray();
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            return $"({string.Join(", ", names)})";
        }

        var declared = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var outer = type.DeclaringType is { } declaring
            ? Bare(declaring) + (declared > 0 ? $"<{string.Join(", ", names.Take(declared))}>" : "") + "."
            : "";
        return outer + Bare(type) + (names.Length > declared ? $"<{string.Join(", ", names.Skip(declared))}>" : "");
    }

    private static string Bare(Type type) => type.Name.IndexOf('`', StringComparison.Ordinal) is var at and > 0 ? type.Name[..at] : type.Name;
}
