namespace Messaging.PublicApi;

/// <summary>What two API texts do not share, each line with the type it belongs to.</summary>
internal static class ApiDiff
{
    public static IReadOnlyList<string> Between(string approved, string actual)
    {
        var before = Lines(approved);
        var after = Lines(actual);
        return [.. before.Except(after).Select(line => "- " + line), .. after.Except(before).Select(line => "+ " + line)];
    }

    private static HashSet<string> Lines(string text)
    {
        var lines = new HashSet<string>();
        var type = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var member = line.StartsWith(' ');
            type = member ? type : line;
            lines.Add(member ? $"{type} ▸ {line.Trim()}" : line);
        }

        return lines;
    }
}
