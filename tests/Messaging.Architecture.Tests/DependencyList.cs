namespace Messaging.Architecture;

/// <summary>The reviewed list of what a package may bring along: <c>eng/dependencies.txt</c>.</summary>
internal static class DependencyList
{
    private static readonly Dictionary<string, string[]> Entries = Repository.Read("eng/dependencies.txt").Split('\n')
        .Where(line => line.Contains(':', StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => line.Split(':', 2))
        .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public static IReadOnlyList<string> Of(string package) => Entries.GetValueOrDefault(package, []);

    /// <summary>Whether <paramref name="entry"/>, a name or a family such as <c>Microsoft.Extensions.*</c>, allows <paramref name="dependency"/>.</summary>
    public static bool Covers(string entry, string dependency) => entry.EndsWith(".*", StringComparison.Ordinal)
        ? dependency.StartsWith(entry[..^1], StringComparison.Ordinal)
        : dependency == entry;
}
