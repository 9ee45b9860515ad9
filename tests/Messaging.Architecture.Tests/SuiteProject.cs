using System.Xml.Linq;

namespace Messaging.Architecture;

/// <summary>One project file: its name, and what it references.</summary>
internal sealed record SuiteProject(string Name, string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static SuiteProject Load(string path)
    {
        var xml = XElement.Load(path);
        return new SuiteProject(
            Path.GetFileNameWithoutExtension(path),
            Path.GetDirectoryName(path)!,
            [.. References(xml, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            [.. References(xml, "PackageReference")]);
    }

    public override string ToString() => Name;

    private static IEnumerable<string> References(XElement project, string item) => project.Descendants(item)
        .Where(reference => reference.Attribute("PrivateAssets")?.Value != "all")
        .Select(reference => reference.Attribute("Include")!.Value);
}
