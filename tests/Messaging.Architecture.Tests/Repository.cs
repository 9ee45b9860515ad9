using System.Diagnostics;
using System.Reflection;
using System.Xml.Linq;

namespace Messaging.Architecture;

/// <summary>The tree that the tests look at.</summary>
internal static class Repository
{
    /// <summary>Gets the folder of <c>Messaging.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the suite's packages: every project under <c>src/</c>.</summary>
    public static IReadOnlyList<SuiteProject> Packages { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order().Select(SuiteProject.Load)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Gets the tracked files below <paramref name="folder"/>, as paths from the root; what a build leaves behind is not among them.</summary>
    public static IReadOnlyList<string> TrackedFiles(string folder = ".")
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "--", folder])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(Path.Combine(Root, path)))];
    }

    private static string FindRoot() => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepoRoot").Value!;
}
