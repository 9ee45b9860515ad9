using System.Globalization;

namespace Messaging.Gates;

/// <summary>The quiet hours of one zone. Remembers the current phase, because nearly every question falls into it.</summary>
internal sealed class QuietZone(TimeZoneInfo zone, TimeOnly from, TimeOnly to)
{
    private QuietPhase? _phase;

    /// <summary>Returns the reason to wait, or <see langword="null"/>.</summary>
    public Why? Ask(DateTimeOffset now)
    {
        var phase = _phase;
        if (phase is null || !phase.Covers(now))
        {
            _phase = phase = PhaseAt(now);
        }

        return phase.Why;
    }

    private QuietPhase PhaseAt(DateTimeOffset now)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).DateTime.Date;
        var (start, end) = Window(today.AddDays(-2));
        var lastEnd = end;
        for (var day = -1; now >= end; day++)
        {
            lastEnd = end;
            (start, end) = Window(today.AddDays(day));
        }

        return start <= now
            ? new QuietPhase(start, end, Explain(end))
            : new QuietPhase(lastEnd, start, null);
    }

    private (DateTimeOffset Start, DateTimeOffset End) Window(DateTime day) =>
        (LocalInstants.First(zone, day + from.ToTimeSpan()), LocalInstants.Last(zone, (to > from ? day : day.AddDays(1)) + to.ToTimeSpan()));

    private Why Explain(DateTimeOffset end) => new(
        WhyCodes.QuietHours,
        string.Create(CultureInfo.InvariantCulture, $"It is quiet between {from:HH:mm} and {to:HH:mm} where the recipient lives ({zone.Id})."),
        end);
}
