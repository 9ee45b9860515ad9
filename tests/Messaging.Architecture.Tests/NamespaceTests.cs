using System.Text.RegularExpressions;

namespace Messaging.Architecture;

/// <summary>A namespace follows from where a file stands, so that a name tells where to look.</summary>
public sealed partial class NamespaceTests
{
    private const string Registration = "Microsoft.Extensions.DependencyInjection";
    private const string Model = "Microsoft.EntityFrameworkCore";

    /// <summary>Packages that share the suite's own name and one namespace per area, so that a host needs not know which of them a type is from.</summary>
    private static readonly string[] Faces = ["Messaging.Abstractions", "Messaging.Core"];

    private static readonly HashSet<string> FaceNamespaces =
    [
        "Messaging",
        .. Faces.SelectMany(face => Repository.TrackedFiles($"src/{face}/*.cs")).Select(path => path.Split('/')[2..^1])
            .Where(folders => folders.Length > 0).Select(folders => $"Messaging.{folders[0]}"),
    ];

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

        Assert.True(!strangers.Any(), string.Join('\n', strangers));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void SourceFile_Namespace_IsFileScoped(string package) =>
        Assert.DoesNotContain(Repository.TrackedFiles($"src/{package}/*.cs"), path => Block().IsMatch(Repository.Read(path)));

    private static bool IsAllowed(string package, string path, string space)
    {
        // Registration appears without a using, where the reader already is.
        if (space is Registration or Model)
        {
            return path.Contains("/DependencyInjection/", StringComparison.Ordinal) || path.EndsWith("Extensions.cs", StringComparison.Ordinal);
        }

        return Faces.Contains(package) ? FaceNamespaces.Contains(space) : space == "Messaging" || Prefixes(package, path).Contains(space);
    }

    private static IEnumerable<string> Prefixes(string package, string path)
    {
        var folders = path.Split('/')[2..^1];
        return Enumerable.Range(0, folders.Length + 1).Select(count => string.Join('.', [package, .. folders.Take(count)]));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^namespace [\w.]+\s*\{", RegexOptions.Multiline)]
    private static partial Regex Block();
}
