using System.Reflection;

namespace Messaging.PublicApi;

/// <summary>The public surface of each package is a reviewed text file; a change to it shows in the diff.</summary>
public sealed class PublicApiTests
{
    private static readonly string Root = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepoRoot").Value!;

    private static readonly bool Approve = Environment.GetEnvironmentVariable("MESSAGING_APPROVE_API") == "1";

    private static readonly string[] Names =
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    public static TheoryData<string> Packages => [.. Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void PublicApi_OfPackage_IsTheApprovedOne(string package)
    {
        var file = Path.Combine(Root, "eng", "api", package + ".txt");
        var actual = ApiText.Of(Assembly.Load(package));
        if (Approve)
        {
            File.WriteAllText(file, actual);
        }

        var changes = ApiDiff.Between(File.Exists(file) ? File.ReadAllText(file) : "", actual);

        Assert.True(changes.Count == 0,
            $"The public API of {package} changed:\n{string.Join('\n', changes)}\nIf that is meant, run eng/approve-api.sh and commit eng/api/{package}.txt.");
    }

    [Fact]
    public void ApprovedFiles_Describe_OnlyPackagesThatExist()
    {
        var approved = Directory.GetFiles(Path.Combine(Root, "eng", "api"), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.Empty(approved.Except(Names));
    }
}
