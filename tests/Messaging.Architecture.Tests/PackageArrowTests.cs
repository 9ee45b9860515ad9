namespace Messaging.Architecture;

/// <summary>Arrows point one way: everything to Abstractions; channels, engines and stores never see Core or each other.</summary>
public sealed class PackageArrowTests
{
    private const string Abstractions = "Messaging.Abstractions";
    private const string Core = "Messaging.Core";

    /// <summary>A durable store may build on the one whose image or schema it shares.</summary>
    private static readonly (string From, string To)[] StoreFamilies =
    [
        ("Messaging.Storage.Journal", "Messaging.Storage.Memory"),
        ("Messaging.Storage.PostgreSql", "Messaging.Storage.EfCore"),
    ];

    public static TheoryData<string> Packages => [.. Repository.Packages.Select(package => package.Name)];

    public static TheoryData<string> Parts => [.. Repository.Packages.Select(package => package.Name).Where(IsPart)];

    public static TheoryData<string> TrimSafe =>
    [
        Abstractions, Core, "Messaging.Storage.Memory", "Messaging.Storage.Journal",
        .. Repository.Packages.Select(package => package.Name).Where(name => name.StartsWith("Messaging.Channels.", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Abstractions_References_NoOtherPackageOfTheSuite() => Assert.Empty(Find(Abstractions).Projects);

    [Theory]
    [MemberData(nameof(Parts))]
    public void Part_References_AbstractionsOnly(string name)
    {
        var others = Find(name).Projects.Where(target => target != Abstractions && !StoreFamilies.Contains((name, target)));

        Assert.True(!others.Any(), string.Join('\n', others));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_ReferencesCore_OnlyWhenItHostsTheSuite(string name)
    {
        string[] hosts = ["Messaging.Testing", "Messaging.AspNetCore"];

        Assert.True(!Find(name).Projects.Contains(Core) || hosts.Contains(name), $"{name} must not see {Core}.");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_References_OnlyWhatTheDependencyListAllows(string name)
    {
        var allowed = DependencyList.Of(name);
        var extra = Find(name).Projects.Concat(Find(name).Packages).Where(reference => !allowed.Any(entry => DependencyList.Covers(entry, reference)));

        Assert.True(!extra.Any(), string.Join('\n', extra));
    }

    [Theory]
    [MemberData(nameof(TrimSafe))]
    public void Package_ThatAHostPublishesTrimmed_IsAnalysedForTrimmingAndAot(string name) =>
        Assert.Contains("<IsAotCompatible>true</IsAotCompatible>", Repository.Read($"src/{name}/{name}.csproj"), StringComparison.Ordinal);

    private static bool IsPart(string name) =>
        name.StartsWith("Messaging.Channels.", StringComparison.Ordinal)
        || name.StartsWith("Messaging.Templates.", StringComparison.Ordinal)
        || name.StartsWith("Messaging.Storage.", StringComparison.Ordinal);

    private static SuiteProject Find(string name) => Repository.Packages.Single(package => package.Name == name);
}
