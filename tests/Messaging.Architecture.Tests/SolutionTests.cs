namespace Messaging.Architecture;

/// <summary>What is in the tree is built, packed, tested and described.</summary>
public sealed class SolutionTests
{
    private static readonly string Solution = Repository.Read("Messaging.sln").Replace('\\', '/');

    public static TheoryData<string> Projects => [.. Repository.TrackedFiles("*.csproj")];

    public static TheoryData<string> Packages => [.. Repository.Packages.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_InTheTree_IsInTheSolution(string path) =>
        Assert.True(Solution.Contains($"\"{path}\"", StringComparison.Ordinal), $"Add it: dotnet sln Messaging.sln add {path}");

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_PackageReferences_TakeTheirVersionsFromTheCentralFile(string path) =>
        Assert.DoesNotMatch("PackageReference [^>]*Version", Repository.Read(path));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_HasAReadme_ThatOpensWithItsNameAndASentence(string name)
    {
        var lines = Repository.Read($"src/{name}/README.md").Split('\n').Where(line => line.Length > 0).Take(2).ToArray();

        Assert.Equal($"# {name}", lines[0]);
        Assert.Matches(@"^[\w`].*[.:,]?$", lines[1]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_Readme_ShowsCodeWithinFifteenLines(string name) =>
        Assert.Contains("```csharp", Repository.Read($"src/{name}/README.md").Split('\n').Take(15));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_IsInTheTableOfTheRootReadme(string name) =>
        Assert.Contains($"src/{name}/README.md", Repository.Read("README.md"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_HasTests(string name)
    {
        // The contract suites are run by the tests of whatever they hold a promise of.
        var tests = name == "Messaging.Testing.Contracts" ? "Messaging.Testing" : name;

        Assert.NotEmpty(Repository.TrackedFiles($"tests/{tests}.Tests/*.csproj"));
    }
}
