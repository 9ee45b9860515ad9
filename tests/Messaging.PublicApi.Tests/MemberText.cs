using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Messaging.PublicApi;

/// <summary>A member as its declaration reads.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(MemberInfo member) => member switch
    {
        PropertyInfo property => Property(property),
        FieldInfo field => Field(field),
        EventInfo raised => $"{Access(raised.AddMethod!)}event {TypeName.Of(Nullability.Create(raised))} {raised.Name}",
        ConstructorInfo constructor => $"{Access(constructor)}{constructor.DeclaringType!.Name.Split('`')[0]}{Parameters(constructor)}",
        MethodInfo method => Method(method),
        _ => throw new ArgumentException($"A {member.MemberType} has no text.", nameof(member)),
    };

    public static string Returned(MethodInfo method) =>
        (method.ReturnType.IsByRef ? "ref " : "") + TypeName.Of(Nullability.Create(method.ReturnParameter));

    public static string Parameters(MethodBase method, string open = "(", string close = ")")
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        return open + extension + string.Join(", ", method.GetParameters().Select(Parameter)) + close;
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var constraints = TypeText.Constraints(method.IsGenericMethodDefinition ? method.GetGenericArguments() : []);
        return $"{Access(method)}{Returned(method)} {method.Name}{generic}{Parameters(method)}{constraints}";
    }

    private static string Property(PropertyInfo property)
    {
        var leading = property.GetAccessors(nonPublic: true).OrderByDescending(accessor => accessor.IsPublic).First();
        var name = property.GetIndexParameters().Length == 0
            ? property.Name
            : "this" + Parameters(property.GetMethod ?? property.SetMethod!, "[", "]");
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var type = TypeName.Of(Nullability.Create(property), written: property.GetMethod is null);
        return $"{Access(leading)}{required}{type} {name} {{ {Getter(property)}{Setter(property)}}}";
    }

    private static string Getter(PropertyInfo property) => property.GetMethod is { } get && IsVisible(get) ? "get; " : "";

    private static string Setter(PropertyInfo property)
    {
        if (property.SetMethod is not { } set || !IsVisible(set))
        {
            return "";
        }

        var init = set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return (set.IsPublic ? "" : "protected ") + (init ? "init; " : "set; ");
    }

    private static string Field(FieldInfo field)
    {
        var type = TypeName.Of(Nullability.Create(field));
        return field.IsLiteral
            ? $"{(field.IsPublic ? "" : "protected ")}const {type} {field.Name} = {Value(field.GetRawConstantValue(), field.FieldType)}"
            : $"{(field.IsPublic ? "" : "protected ")}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var passed = parameter switch
        {
            { IsOut: true } => "out ",
            { ParameterType.IsByRef: true, IsIn: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var standard = parameter.HasDefaultValue ? $" = {Value(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{passed}{TypeName.Of(Nullability.Create(parameter))} {parameter.Name}{standard}";
    }

    private static string Value(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => Enum.ToObject(type, value).ToString()!,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Access(MethodBase method)
    {
        var virtuality = method switch
        {
            { DeclaringType.IsInterface: true } => (method.IsStatic ? "static " : "") + (method.IsStatic && method.IsAbstract ? "abstract " : ""),
            { IsStatic: true } => "static ",
            MethodInfo info when info.GetBaseDefinition() != info => "override ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return (method.IsPublic ? "" : "protected ") + virtuality;
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
