using System.Text.RegularExpressions;

namespace Messaging.Docs;

/// <summary>The tables of the telemetry page: rows of cells, without the marks of code.</summary>
internal static partial class TelemetryTable
{
    public static IReadOnlyList<string[]> Under(string heading)
    {
        var section = Pages.Read("docs/telemetry.md").Split($"\n{heading}\n")[1];
        var end = Heading().Match(section);
        return
        [
            .. (end.Success ? section[..end.Index] : section).Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Skip(1)
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
        ];
    }

    /// <summary>Returns the names in a cell.</summary>
    public static string[] Names(string cell) => [.. Code().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^##+ ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
