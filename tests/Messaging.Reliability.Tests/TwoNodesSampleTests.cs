using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Messaging.Samples.Nodes;

namespace Messaging.Reliability;

/// <summary>What docs/scaling.md shows: two nodes of the sample on one PostgreSQL, one of which is killed.</summary>
public sealed partial class TwoNodesSampleTests
{
    private const int Each = 300;

    private static readonly string s_root = typeof(TwoNodesSampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepoRoot").Value!;

    [Fact]
    public async Task Script_OneNodeKilled_TheOtherSendsTheRest()
    {
        var output = await RunAsync();

        var counts = Counts().Match(output);
        Assert.True(counts.Success, output);
        var (one, two, twice) = (Number(counts, "one"), Number(counts, "two"), Number(counts, "twice"));
        var before = int.Parse(AtTheKill().Match(output).Groups["two"].ValueSpan, CultureInfo.InvariantCulture);
        Assert.True(one >= Each / 4 && two > before, output);
        Assert.Equal(2 * Each, one + two - twice);
        Assert.Contains($"Sent {2 * Each}\n", output, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync()
    {
        var start = new ProcessStartInfo(Path.Combine(s_root, "samples", "two-nodes.sh"), [Each.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NODE"] = typeof(NodeHost).Assembly.Location;
        start.Environment.Remove("POSTGRES");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked to end, it ends what it started; killed, it could not.
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            throw;
        }

        Assert.True(process.ExitCode == 0, $"{await output}\n{await error}");
        return await output;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^one is killed; .* and two (?<two>\d+)$", RegexOptions.Multiline)]
    private static partial Regex AtTheKill();

    [GeneratedRegex(@"^one sent (?<one>\d+), two sent (?<two>\d+)\n(each was sent once|(?<twice>\d+) came twice)", RegexOptions.Multiline)]
    private static partial Regex Counts();
}
