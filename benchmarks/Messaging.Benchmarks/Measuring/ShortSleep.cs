using System.Runtime.InteropServices;

namespace Messaging.Benchmarks.Measuring;

/// <summary>Sleeps for less than the millisecond in which .NET's own timers count: they would add 1 to 2 ms to whatever is paced with them.</summary>
internal static partial class ShortSleep
{
    public static void For(TimeSpan time)
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep(1);
        }
        else if (time > TimeSpan.Zero)
        {
            _ = Microseconds((uint)Math.Min(time.TotalMicroseconds, 500_000));
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Microseconds(uint microseconds);
}
