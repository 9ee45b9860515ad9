using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Messaging.Docs;

/// <summary>What the telemetry page promises is what the code does, name by name.</summary>
public sealed class TelemetryPageTests
{
    /// <summary>Nobody can be made to come too late in a run that goes the same way each time.</summary>
    private const string NeverInTheRun = "messaging.settles.stale";

    public static TheoryData<string> Packages => [.. LoggingPackages()];

    [Theory]
    [MemberData(nameof(Packages))]
    public void LogEvents_OfPackage_AreThoseOnThePage(string package)
    {
        var page = TelemetryTable.Under($"### {package}").Select(row => $"{row[0]} {TelemetryTable.Names(row[1]).Single()} {row[2]}");

        Assert.Equal(EventsOf(package).Select(e => $"{e.EventId} {e.EventName} {e.Level}"), page);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void LogEvents_OfPackage_HaveIdsAndNamesOfTheirOwn(string package)
    {
        var events = EventsOf(package).ToList();

        Assert.Equal(events.Count, events.Select(e => e.EventId).Distinct().Count());
        Assert.Equal(events.Count, events.Select(e => e.EventName).Distinct().Count());
    }

    [Fact]
    public async Task MetricsAndSpans_OfARun_AreThoseOnThePage()
    {
        var run = new TelemetryRun();
        await run.RunAsync();

        var metrics = TelemetryTable.Under("## Metrics");
        Assert.Equal(
            run.Instruments.Select(instrument => $"{instrument.Name} {instrument.GetType().Name.Split('`')[0]} {instrument.Unit}").Order(),
            metrics.Select(row => $"{TelemetryTable.Names(row[0]).Single()} {row[1]} {TelemetryTable.Names(row[2]).Single()}").Order());
        Assert.All(
            metrics.Where(row => !row[0].Contains(NeverInTheRun, StringComparison.Ordinal)),
            row => Assert.Equal(TelemetryTable.Names(row[3]).Order(), run.TagsOf(TelemetryTable.Names(row[0]).Single()).Order()));

        var spans = TelemetryTable.Under("## Spans");
        Assert.Equal(run.Spans.Order(), spans.Select(row => TelemetryTable.Names(row[0]).Single()).Order());
        Assert.All(spans, row => Assert.Equal(TelemetryTable.Names(row[1]).Order(), run.TagsOfSpan(TelemetryTable.Names(row[0]).Single()).Order()));
    }

    private static IEnumerable<string> LoggingPackages() =>
        Directory.GetFiles(Path.Combine(Pages.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(package => EventsOf(package).Any())
            .Order(StringComparer.Ordinal);

    private static IEnumerable<LoggerMessageAttribute> EventsOf(string package) =>
        Assembly.Load(package).GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<LoggerMessageAttribute>())
            .OrderBy(attribute => attribute.EventId);
}
