using System.Text.RegularExpressions;

namespace Messaging.Architecture;

/// <summary>What no tracked file contains.</summary>
public sealed partial class TrackedFileTests
{
    private static readonly string[] Binary = [".png", ".ico", ".jpg", ".gif", ".pdf", ".bin", ".p12", ".pfx", ".woff2", ".eml"];

    [Fact]
    public void TrackedFiles_Name_NoMachinePathAndNoPackageRegistry() => Assert.Empty(Matches(".", MachinePathOrRegistry()));

    [Fact]
    public void TrackedCode_Leaves_NothingForLater() => Assert.Empty(Matches("*.cs", Promise()));

    [Fact]
    public void TrackedTests_NeverSleepAndAreNeverSkipped() => Assert.Empty(Matches("tests/*.cs", SleepOrSkip()));

    [Fact]
    public void TrackedSources_NeverSwallowAnException() => Assert.Empty(Matches("src/*.cs", Swallow()));

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
    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\([^,]*$|Task\.Delay\([^,]*, *(\w+\.)?(cancellationToken|CancellationToken|Token)|Skip *= *""")]
    private static partial Regex SleepOrSkip();

    [GeneratedRegex(@"catch *(\(Exception[^)]*\))? *\{ *\}")]
    private static partial Regex Swallow();
}
