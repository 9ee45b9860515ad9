using System.Reflection;

namespace Messaging.Docs;

/// <summary>The pages that people read: the root's, the documentation's and each package's.</summary>
internal static class Pages
{
    public static string Root { get; } = typeof(Pages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepoRoot").Value!;

    /// <summary>Gets the paths of all pages, from the root.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.GetFiles(Root, "*.md")
            .Concat(Under("docs", "*.md"))
            .Concat(Under("src", "README.md"))
            .Concat(Under("samples", "README.md"))
            .Concat(Under("benchmarks", "README.md"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Gets the paths of all C# files, from the root.</summary>
    public static IReadOnlyList<string> Sources { get; } =
    [
        .. new[] { "src", "tests", "samples", "benchmarks", "eng", "docs" }.SelectMany(folder => Under(folder, "*.cs"))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Root, page));

    private static IEnumerable<string> Under(string folder, string pattern)
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path) ? Directory.GetFiles(path, pattern, SearchOption.AllDirectories).Where(IsOurs) : [];
    }

    private static bool IsOurs(string path) =>
        !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules");
}
