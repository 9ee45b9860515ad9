using System.Globalization;
using static Messaging.Gates.GateHarness;

namespace Messaging.Gates;

public sealed class QuietHoursGateTests
{
    private readonly QuietHoursOptions _options = new();
    private readonly FixedOptions<QuietHoursOptions> _monitor;

    public QuietHoursGateTests() => _monitor = new(_options);

    [Theory]
    [InlineData("2026-01-05T19:59:59Z", null)]
    [InlineData("2026-01-05T20:00:00Z", "2026-01-06T07:00:00Z")]
    [InlineData("2026-01-05T23:30:00Z", "2026-01-06T07:00:00Z")]
    [InlineData("2026-01-06T06:59:59Z", "2026-01-06T07:00:00Z")]
    [InlineData("2026-01-06T07:00:00Z", null)]
    [InlineData("2026-07-06T19:00:00Z", "2026-07-07T06:00:00Z")]
    public async Task EvaluateAsync_Warsaw_DefersFromNineToEightLocal(string now, string? until) =>
        Assert.Equal(Instant(until), await AskAsync(now, "Europe/Warsaw"));

    [Theory]
    [InlineData("2026-03-28T21:00:00Z", "2026-03-29T06:00:00Z")] // the night in which clocks are put forward is an hour shorter
    [InlineData("2026-10-24T21:00:00Z", "2026-10-25T07:00:00Z")] // and the one in which they are put back an hour longer
    public async Task EvaluateAsync_WarsawNightOfTheChange_EndsAtEightLocal(string now, string until) =>
        Assert.Equal(Instant(until), await AskAsync(now, "Europe/Warsaw"));

    [Theory]
    [InlineData("2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z")]
    [InlineData("2026-11-01T03:00:00Z", "2026-11-01T13:00:00Z")]
    [InlineData("2026-11-01T00:59:59Z", null)]
    [InlineData("2026-11-01T01:00:00Z", "2026-11-01T13:00:00Z")]
    public async Task EvaluateAsync_NewYorkNightOfTheChange_EndsAtEightLocal(string now, string? until) =>
        Assert.Equal(Instant(until), await AskAsync(now, "America/New_York"));

    [Theory]
    [InlineData("Europe/Warsaw", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z")] // 02:30 does not exist: 02:00 becomes 03:00 at 01:00 UTC
    [InlineData("Europe/Warsaw", "2026-03-29T01:00:00Z", null)]
    [InlineData("America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T07:00:00Z")]
    [InlineData("America/New_York", "2026-03-08T07:00:00Z", null)]
    public async Task EvaluateAsync_EndFallsIntoTheGap_EndsAtTheChange(string zone, string now, string? until)
    {
        _options.To = new(2, 30);

        Assert.Equal(Instant(until), await AskAsync(now, zone));
    }

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", null)]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29T06:00:00Z")]
    public async Task EvaluateAsync_BeginningFallsIntoTheGap_BeginsAtTheChange(string now, string? until)
    {
        _options.From = new(2, 30);

        Assert.Equal(Instant(until), await AskAsync(now, "Europe/Warsaw"));
    }

    [Theory]
    [InlineData("Europe/Warsaw", "2026-10-25T00:29:00Z", "2026-10-25T01:30:00Z")] // 02:30 comes twice, at 00:30 and at 01:30 UTC
    [InlineData("Europe/Warsaw", "2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("Europe/Warsaw", "2026-10-25T01:15:00Z", "2026-10-25T01:30:00Z")]
    [InlineData("Europe/Warsaw", "2026-10-25T01:30:00Z", null)]
    public async Task EvaluateAsync_EndComesTwice_EndsTheSecondTime(string zone, string now, string? until)
    {
        _options.To = new(2, 30);

        Assert.Equal(Instant(until), await AskAsync(now, zone));
    }

    [Theory]
    [InlineData("2026-11-01T05:29:00Z", null)]
    [InlineData("2026-11-01T05:30:00Z", "2026-11-01T13:00:00Z")] // 01:30 for the first time in New York
    [InlineData("2026-11-01T06:15:00Z", "2026-11-01T13:00:00Z")] // 01:15 for the second time
    public async Task EvaluateAsync_BeginningComesTwice_BeginsTheFirstTime(string now, string? until)
    {
        _options.From = new(1, 30);

        Assert.Equal(Instant(until), await AskAsync(now, "America/New_York"));
    }

    [Theory]
    [InlineData("2026-01-05T12:59:00Z", null)]
    [InlineData("2026-01-05T13:00:00Z", "2026-01-05T15:00:00Z")]
    [InlineData("2026-01-05T15:00:00Z", null)]
    public async Task EvaluateAsync_WindowWithinADay_EndsOnTheSameDay(string now, string? until)
    {
        (_options.From, _options.To) = (new(13, 0), new(15, 0));

        Assert.Equal(Instant(until), await AskAsync(now, "UTC"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Mars/Olympus")]
    public async Task EvaluateAsync_ZoneUnknown_GoesByTheOptions(string? zone)
    {
        _options.TimeZone = "Asia/Tokyo";

        Assert.Equal(Instant("2026-01-05T23:00:00Z"), await AskAsync("2026-01-05T12:00:00Z", zone));
    }

    [Fact]
    public async Task EvaluateAsync_EveryHourOfAYear_DefersUntilAMomentThatIsNotQuiet()
    {
        foreach (var zone in new[] { "Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu" })
        {
            for (var now = Instant("2026-01-01T00:00:00Z")!.Value; now.Year == 2026; now = now.AddHours(1))
            {
                if (await AskAsync(now, zone) is { } until)
                {
                    Assert.InRange(until, now, now.AddHours(12));
                    Assert.Equal(8, TimeZoneInfo.ConvertTimeBySystemTimeZoneId(until, zone).Hour);
                    Assert.Null(await AskAsync(until, zone));
                }
                else
                {
                    Assert.InRange(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(now, zone).Hour, 8, 20);
                }
            }
        }
    }

    [Theory]
    [InlineData(Categories.Transactional, MessagePriority.Normal, true)]
    [InlineData(Categories.Marketing, MessagePriority.Critical, true)]
    [InlineData(Categories.Marketing, MessagePriority.High, false)]
    public async Task EvaluateAsync_AtNight_LetsTransactionalAndCriticalPass(string category, MessagePriority priority, bool passes)
    {
        var candidate = Candidate(category: category, priority: priority, timeZone: "UTC");

        await new QuietHoursGate(_monitor).EvaluateAsync(new([candidate], Instant("2026-01-05T22:00:00Z")!.Value), default);

        Assert.Equal(passes, candidate.Outcome == GateOutcome.Pass);
    }

    [Fact]
    public async Task EvaluateAsync_OnlySomeKindsMakeANoise_OthersPass()
    {
        _options.Kinds.Add(ChannelKinds.Sms);

        Assert.Null(await AskAsync("2026-01-05T22:00:00Z", "UTC"));
    }

    [Fact]
    public async Task EvaluateAsync_OptionsChanged_GoesByTheNewOnes()
    {
        using var gate = new QuietHoursGate(_monitor);
        var candidate = Candidate(timeZone: "UTC");
        var now = Instant("2026-01-05T12:00:00Z")!.Value;
        await gate.EvaluateAsync(new([candidate], now), default);
        Assert.Equal(GateOutcome.Pass, candidate.Outcome);

        _monitor.Change(new QuietHoursOptions { From = new(11, 0), To = new(13, 0) });
        await gate.EvaluateAsync(new([candidate], now), default);

        Assert.Equal(now.AddHours(1), candidate.Why!.Until);
    }

    [Fact]
    public async Task EvaluateAsync_ManyInOneZone_ShareOneReason()
    {
        GateCandidate[] candidates = [Candidate(timeZone: "UTC"), Candidate(timeZone: "UTC")];

        await new QuietHoursGate(_monitor).EvaluateAsync(new(candidates, Instant("2026-01-05T22:00:00Z")!.Value), default);

        Assert.Same(candidates[0].Why, candidates[1].Why);
        Assert.Equal("It is quiet between 21:00 and 08:00 where the recipient lives (UTC).", candidates[0].Why!.Text);
    }

    private static DateTimeOffset? Instant(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private Task<DateTimeOffset?> AskAsync(string now, string? zone) => AskAsync(Instant(now)!.Value, zone);

    private async Task<DateTimeOffset?> AskAsync(DateTimeOffset now, string? zone)
    {
        var candidate = Candidate(timeZone: zone);
        using var gate = new QuietHoursGate(_monitor);
        await gate.EvaluateAsync(new([candidate], now), default);
        return candidate.Why?.Until;
    }
}
