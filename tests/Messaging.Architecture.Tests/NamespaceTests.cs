using System.Text.RegularExpressions;

namespace Messaging.Architecture;

/// <summary>A namespace follows from where a file stands, so that a name tells where to look.</summary>
public sealed partial class NamespaceTests
{
    private const string Registration = "Microsoft.Extensions.DependencyInjection";

    /// <summary>Packages whose types a host meets under the suite's own name.</summary>
    private static readonly string[] Faces = ["Messaging.Abstractions", "Messaging.Core"];

    public static TheoryData<string> Packages => [.. Repository.Packages.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void SourceFile_Namespace_FollowsFromItsFolder(string package)
    {
        var strangers =
            from path in Repository.TrackedFiles($"src/{package}/*.cs")
            let space = Declaration().Match(Repository.Read(path)).Groups["name"].Value
            where space.Length > 0 && !IsAllowed(package, path, space)
            select $"{path}: {space}";

        Assert.Empty(strangers);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void SourceFile_Namespace_IsFileScoped(string package) =>
        Assert.DoesNotContain(Repository.TrackedFiles($"src/{package}/*.cs"), path => Block().IsMatch(Repository.Read(path)));

    private static bool IsAllowed(string package, string path, string space)
    {
        // Registration appears without a using, where the reader already is.
        if (space == Registration)
        {
            return Path.GetFileNameWithoutExtension(path).EndsWith("Extensions", StringComparison.Ordinal);
        }

        var folders = Path.GetDirectoryName(path)!.Replace('\\', '/').Split('/').Skip(2).ToArray();
        var roots = Faces.Contains(package) ? new[] { "Messaging", package } : [package];
        return space == "Messaging" || roots.Any(root => Prefixes(root, folders).Contains(space));
    }

    private static IEnumerable<string> Prefixes(string root, string[] folders) =>
        Enumerable.Range(0, folders.Length + 1).Select(count => string.Join('.', [root, .. folders.Take(count)]));

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace [\w.]+\s*\{", RegexOptions.Multiline)]
    private static partial Regex Block();
}
