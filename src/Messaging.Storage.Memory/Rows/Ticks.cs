namespace Messaging.Storage.Memory;

/// <summary>Instants in rows are UTC ticks; 0 is none.</summary>
internal static class Ticks
{
    public static DateTimeOffset ToInstant(long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? ToInstantOrNull(long ticks) => ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);

    public static long ToHour(long ticks) => ticks - (ticks % TimeSpan.TicksPerHour);
}
