using System.Collections.Frozen;

namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>The names that a template may call.</summary>
internal sealed class TemplateWords(IEnumerable<string> helpers)
{
    /// <summary>The block that renders its body over another value, or over the same one with more names.</summary>
    public const string Scope = "__scope";

    /// <summary>The block that renders its body for a value: once, for each item, or not at all.</summary>
    public const string Section = "__section";

    /// <summary>Names that Handlebars.Net looks up in the wrong place unless they follow <c>this</c>, ignoring case.</summary>
    private static readonly FrozenSet<string> Confused =
        new[] { "index", "first", "last", "value", "key", "root", "parent" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Blocks = new[] { "if", "unless", "each", "with", "else", "as" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Literals = new[] { "true", "false", "null" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> LoopNames = new[] { "@index", "@key", "@first", "@last", "@root" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenSet<string> _helpers = helpers.ToFrozenSet(StringComparer.Ordinal);

    public IEnumerable<string> Helpers => _helpers.Order(StringComparer.Ordinal);

    public bool IsHelper(string name) => _helpers.Contains(name);

    public static bool IsBlock(string name) => Blocks.Contains(name);

    public static bool IsLiteral(string name) => Literals.Contains(name);

    /// <summary>Returns whether a name with an at sign is one of those that exist.</summary>
    public static bool IsLoopName(string name) => LoopNames.Contains(name);

    /// <summary>Returns the name, or the path that begins with it, under which Handlebars.Net knows a block's parameter: no other name is like it.</summary>
    public static string Parameter(string name) => "__" + name;

    /// <summary>Returns the path that means the same and that Handlebars.Net gets right: it forgets what stands before a slash, too.</summary>
    public static string Safe(string path)
    {
        var up = path.Length - path.AsSpan().TrimStart("./").Length;
        var names = path[up..].Replace('/', '.');
        return (path[..up], names) switch
        {
            (var parents, "" or "this") => parents.Length == 0 ? "this" : parents.TrimEnd('/'),
            ("" or "./", _) => Confused.Contains(First(names)) ? "this." + names : names,
            var (parents, _) => Confused.Contains(First(names)) ? $"{parents}this.{names}" : parents + names,
        };
    }

    private static string First(string names) => names.Split('.')[0];
}
