using System.Reflection;
using System.Runtime.CompilerServices;

namespace Messaging.PublicApi;

/// <summary>A type as its declaration reads.</summary>
internal static class TypeText
{
    public static string Declaration(Type type)
    {
        if (type.BaseType == typeof(MulticastDelegate))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"public delegate {MemberText.Returned(invoke)} {Name(type)}{MemberText.Parameters(invoke)}";
        }

        var bases = string.Join(", ", Bases(type));
        return $"public {Modifiers(type)}{Kind(type)} {Name(type)}{(bases.Length > 0 ? " : " + bases : "")}{Constraints(type.GetGenericArguments())}";
    }

    public static string Constraints(Type[] arguments) => string.Concat(arguments
        .Select(argument => (Name: argument.Name, Rules: string.Join(", ", Rules(argument))))
        .Where(argument => argument.Rules.Length > 0)
        .Select(argument => $" where {argument.Name} : {argument.Rules}"));

    private static string Name(Type type) =>
        (type.Namespace is { } space ? space + "." : "") + TypeName.OfDefinition(type);

    private static string Modifiers(Type type) => type switch
    {
        { IsInterface: true } or { IsEnum: true } => "",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : ""),
        { IsAbstract: true, IsSealed: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => IsRecord(type) ? "record struct" : "struct",
        _ => IsRecord(type) ? "record" : "class",
    };

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        ?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetEnumUnderlyingType() == typeof(int) ? [] : [TypeName.Of(type.GetEnumUnderlyingType())];
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var own = type.GetInterfaces().Except(inherited).Where(face => face.IsVisible)
            .Select(TypeName.Of).Order(StringComparer.Ordinal);
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [TypeName.Of(parent), .. own] : own;
    }

    private static IEnumerable<string> Rules(Type argument)
    {
        if (!argument.IsGenericParameter)
        {
            yield break;
        }

        var attributes = argument.GenericParameterAttributes;
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            yield return "struct";
        }
        else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return "class";
        }

        foreach (var constraint in argument.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)))
        {
            yield return TypeName.Of(constraint);
        }

        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !argument.IsValueType
            && !attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            yield return "new()";
        }
    }
}
