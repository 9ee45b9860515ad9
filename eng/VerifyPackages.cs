// Verifies packed packages: dotnet run eng/VerifyPackages.cs -- <folder with .nupkg files> [<repository root>]
// Prints one line per problem and ends with "N passed, N failed".
#:property PublishAot=false

using System.IO.Compression;
using System.Xml.Linq;

var folder = args.Length > 0 ? args[0] : "artifacts/packages";
var root = args.Length > 1 ? args[1] : Directory.GetCurrentDirectory();
int passed = 0, failed = 0;

var expected = Directory.GetFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
    .Select(Path.GetFileNameWithoutExtension).Order().ToArray();
Dictionary<string, string[]> allowed = File.ReadLines(Path.Combine(root, "eng", "dependencies.txt"))
    .Where(line => line.Contains(':') && !line.StartsWith('#'))
    .Select(line => line.Split(':', 2))
    .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

var packages = Directory.GetFiles(folder, "*.nupkg").Order().ToArray();
foreach (var missing in expected.Where(id => !packages.Any(path => Package.IdOf(path) == id)))
{
    Check(missing!, "is packed", false, $"no {missing}.*.nupkg in {folder}");
}

foreach (var path in packages)
{
    using var package = new Package(path);
    var id = package.Id;
    Check(id, "belongs to src/", expected.Contains(id), "no such project");
    Check(id, "README", package.Length("README.md") > 100 && package.Metadata("readme") == "README.md", "README.md missing or empty");
    Check(id, "licence", package.Metadata("license") == "MIT", "the licence expression is not MIT");
    Check(id, "description", package.Metadata("description") is { Length: > 20 } text && text != "Package Description", "no description");
    Check(id, "tags", !string.IsNullOrEmpty(package.Metadata("tags")), "no tags");
    Check(id, "assembly", package.Length($"lib/net10.0/{id}.dll") > 0, $"lib/net10.0/{id}.dll missing");
    Check(id, "XML documentation", package.Length($"lib/net10.0/{id}.xml") > 0, $"lib/net10.0/{id}.xml missing");
    Check(id, "symbols", SymbolsOf(path, id), $"no .snupkg with {id}.pdb beside the package");

    var extra = package.Dependencies.Where(dependency => !Allowed(id).Any(entry => Covers(entry, dependency))).ToArray();
    Check(id, "dependencies", extra.Length == 0, $"brings {string.Join(", ", extra)}, which eng/dependencies.txt does not list");
}

Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 && passed > 0 ? 0 : 1;

void Check(string id, string what, bool holds, string problem)
{
    if (holds)
    {
        passed++;
        return;
    }

    failed++;
    Console.WriteLine($"FAILED {id}: {what}: {problem}");
}

// Packing names centrally pinned dependencies of dependencies too, so outside packages count along the whole way down.
IEnumerable<string> Allowed(string id) => allowed.GetValueOrDefault(id, []).Concat(
    allowed.GetValueOrDefault(id, []).Where(allowed.ContainsKey).SelectMany(Allowed).Where(entry => !allowed.ContainsKey(entry)));

static bool Covers(string entry, string dependency) =>
    entry.EndsWith(".*", StringComparison.Ordinal) ? dependency.StartsWith(entry[..^1], StringComparison.Ordinal) : dependency == entry;

static bool SymbolsOf(string path, string id)
{
    var symbols = Path.ChangeExtension(path, ".snupkg");
    if (!File.Exists(symbols))
    {
        return false;
    }

    using var archive = ZipFile.OpenRead(symbols);
    return archive.GetEntry($"lib/net10.0/{id}.pdb") is { Length: > 0 };
}

internal sealed class Package : IDisposable
{
    private readonly ZipArchive archive;
    private readonly XElement nuspec;

    public Package(string path)
    {
        archive = ZipFile.OpenRead(path);
        using var stream = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        nuspec = XElement.Load(stream).Elements().Single(element => element.Name.LocalName == "metadata");
    }

    public string Id => Metadata("id")!;

    public IEnumerable<string> Dependencies =>
        nuspec.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Distinct();

    public static string IdOf(string path)
    {
        using var package = new Package(path);
        return package.Id;
    }

    public string? Metadata(string name) => nuspec.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    public long Length(string entry) => archive.GetEntry(entry)?.Length ?? 0;

    public void Dispose() => archive.Dispose();
}
