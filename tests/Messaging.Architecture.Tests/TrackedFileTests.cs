using System.Text.RegularExpressions;

namespace Messaging.Architecture;

/// <summary>What no tracked file contains.</summary>
public sealed partial class TrackedFileTests
{
    private static readonly string[] Binary = [".png", ".ico", ".jpg", ".gif", ".pdf", ".bin", ".p12", ".pfx", ".woff2", ".eml"];

    [Fact]
    public void TrackedFiles_Name_NoMachinePathAndNoPackageRegistry() => AssertNone(".", MachinePathOrRegistry());

    [Fact]
    public void TrackedCode_Leaves_NothingForLater() => AssertNone("*.cs", Promise());

    // Messaging.TestServers may: when somebody else's server begins to listen is no event that one can await.
    [Fact]
    public void TrackedTests_NeverSleepAndAreNeverSkipped() => AssertNone("tests/*.Tests/*.cs", SleepOrSkip());

    [Fact]
    public void TrackedSources_NeverSwallowAnException() => AssertNone("src/*.cs", Swallow());

    private static void AssertNone(string files, Regex pattern)
    {
        var matches = Matches(files, pattern).ToArray();
        Assert.True(matches.Length == 0, string.Join('\n', matches));
    }

    private static IEnumerable<string> Matches(string files, Regex pattern) =>
        from path in Repository.TrackedFiles(files)
        where !Binary.Contains(Path.GetExtension(path)) && Path.GetFileName(path) != "TrackedFileTests.cs"
        from line in Repository.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{path}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"(?<![\w.\-])/(home|root|work|Users)/[a-z.]|://[^ ""]*(nuget|npmjs)[^ ""]*")]
    private static partial Regex MachinePathOrRegistry();

    [GeneratedRegex("TODO|FIXME|HACK|NotImplementedException")]
    private static partial Regex Promise();

    // A delay on a hand-driven clock, the second argument, is no sleep.
    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\((?!Timeout\.Infinite)[^,]*$|Task\.Delay\((?!Timeout\.Infinite)[^,]*, *(\w+\.)?(cancellationToken|CancellationToken|Token)|Skip *= *""")]
    private static partial Regex SleepOrSkip();

    [GeneratedRegex(@"catch *(\(Exception[^)]*\))? *\{ *\}")]
    private static partial Regex Swallow();
}
