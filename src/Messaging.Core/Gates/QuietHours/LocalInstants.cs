namespace Messaging.Gates;

/// <summary>Finds the instants at which a local clock shows a time, on days when it is put forward or back too.</summary>
internal static class LocalInstants
{
    /// <summary>Returns the first instant at which the clock shows the time or more.</summary>
    public static DateTimeOffset First(TimeZoneInfo zone, DateTime local) => Find(zone, local, last: false);

    /// <summary>Returns the last instant at which the clock comes to the time from before it.</summary>
    public static DateTimeOffset Last(TimeZoneInfo zone, DateTime local) => Find(zone, local, last: true);

    private static DateTimeOffset Find(TimeZoneInfo zone, DateTime local, bool last)
    {
        if (zone.IsInvalidTime(local))
        {
            return ChangeAt(zone, local);
        }

        var offset = zone.GetUtcOffset(local);
        if (zone.IsAmbiguousTime(local))
        {
            // The greater offset is the clock before it is put back: its pass comes first.
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            offset = last ? offsets.Min() : offsets.Max();
        }

        return new DateTimeOffset(local.Ticks, offset).ToUniversalTime();
    }

    /// <summary>Finds the moment at which the clock jumps over the time: before it shows less, after it shows more.</summary>
    private static DateTimeOffset ChangeAt(TimeZoneInfo zone, DateTime local)
    {
        var middle = new DateTimeOffset(local.Ticks, TimeSpan.Zero);
        var (before, after) = (middle.AddHours(-26), middle.AddHours(26));
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var half = before + ((after - before) / 2);
            (before, after) = TimeZoneInfo.ConvertTime(half, zone).DateTime < local ? (half, after) : (before, half);
        }

        // Clocks change on whole seconds.
        return new DateTimeOffset(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}
