namespace Messaging.Architecture;

/// <summary>Tests stand where the code stands, so that each is found from the other.</summary>
public sealed class TestLayoutTests
{
    /// <summary>Tests of more than one folder: the whole package, promises kept, and real servers.</summary>
    private static readonly string[] Places = ["Contracts", "EndToEnd", "Servers"];

    public static TheoryData<string> Packages => [.. Repository.Packages.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void TestFile_OfPackage_StandsInAFolderOfThePackage(string package)
    {
        var strays =
            from path in Repository.TrackedFiles($"tests/{package}.Tests/*Tests.cs")
            let folder = Path.GetDirectoryName(Path.GetRelativePath($"tests/{package}.Tests", path))!.Replace('\\', '/')
            where folder.Length > 0 && !Places.Contains(folder.Split('/')[0]) && !Directory.Exists(Path.Combine(Repository.Root, "src", package, folder))
            select path;

        Assert.True(!strays.Any(), string.Join('\n', strays));
    }
}
