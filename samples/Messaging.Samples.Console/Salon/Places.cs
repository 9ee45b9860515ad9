namespace Messaging.Samples.Salon;

/// <summary>Time zones around the globe: it is always day in one of them, and night in another.</summary>
public static class Places
{
    private static readonly string[] Zones =
        ["Europe/Warsaw", "Europe/London", "America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Pacific/Auckland", "Asia/Tokyo", "Asia/Kolkata"];

    public static string WhereItIsDay() => Zones.First(zone => Hour(zone) is >= 9 and < 20);

    public static string WhereItIsNight() => Zones.First(zone => Hour(zone) is >= 22 or < 7);

    private static int Hour(string zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(zone)).Hour;
}
