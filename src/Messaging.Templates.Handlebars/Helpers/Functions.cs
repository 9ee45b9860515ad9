using HandlebarsDotNet;
using HandlebarsDotNet.Runtime;
using Messaging.Templates.Handlebars.Binding;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>What conditions are made of.</summary>
internal static class Functions
{
    private const int Many = 16;

    public static IEnumerable<BuiltInHelper> All { get; } =
    [
        new FunctionHelper("eq", 2, 2, (in a) => Truth(AreEqual(FunctionHelper.Known(a, 0), FunctionHelper.Known(a, 1)))),
        new FunctionHelper("ne", 2, 2, (in a) => Truth(!AreEqual(FunctionHelper.Known(a, 0), FunctionHelper.Known(a, 1)))),
        new FunctionHelper("lt", 2, 2, (in a) => Truth(Compare(FunctionHelper.Known(a, 0), FunctionHelper.Known(a, 1)) < 0)),
        new FunctionHelper("gt", 2, 2, (in a) => Truth(Compare(FunctionHelper.Known(a, 0), FunctionHelper.Known(a, 1)) > 0)),
        new FunctionHelper("not", 1, 1, (in a) => Truth(HandlebarsUtils.IsFalsyOrEmpty(a[0]))),
        new FunctionHelper("and", 2, Many, (in a) => FirstOrLast(a, wanted: false)),
        new FunctionHelper("or", 2, Many, (in a) => FirstOrLast(a, wanted: true)),
        new FunctionHelper("lookup", 2, 2, Lookup),
    ];

    private static object Truth(bool truth) => truth ? BoxedValues.True : BoxedValues.False;

    private static object? FirstOrLast(in Arguments arguments, bool wanted)
    {
        var last = arguments.Length - 1;
        for (var i = 0; i < last; i++)
        {
            if (HandlebarsUtils.IsTruthyOrNonEmpty(arguments[i]) == wanted)
            {
                return FunctionHelper.Known(arguments, i);
            }
        }

        return FunctionHelper.Known(arguments, last);
    }

    private static bool AreEqual(object? a, object? b) =>
        a is string || b is string ? Equals(a, b)
        : Numbers.TryRead(a, out var x) && Numbers.TryRead(b, out var y) ? x == y
        : Equals(a, b);

    private static int? Compare(object? a, object? b) =>
        Numbers.TryRead(a, out var x) && Numbers.TryRead(b, out var y) ? x.CompareTo(y)
        : a is string s && b is string t ? string.CompareOrdinal(s, t)
        : a is IComparable comparable && a.GetType() == b?.GetType() ? comparable.CompareTo(b)
        : null;

    private static object? Lookup(in Arguments arguments)
    {
        var name = FunctionHelper.Known(arguments, 1) switch
        {
            string text => text,
            long or int => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{arguments[1]}"),
            _ => "",
        };
        return Members.TryGet(FunctionHelper.Known(arguments, 0), name, out var value) ? value : null;
    }
}
