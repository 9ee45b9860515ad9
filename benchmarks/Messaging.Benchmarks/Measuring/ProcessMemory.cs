using System.Diagnostics;
using System.Globalization;

namespace Messaging.Benchmarks.Measuring;

internal static class ProcessMemory
{
    public static long PeakRssMb() => (Status("VmHWM:") ?? Environment.WorkingSet) >> 20;

    public static long RssBytes() => Status("VmRSS:") ?? Environment.WorkingSet;

    /// <summary>Reads Linux's own figure; .NET's peak is the highest that .NET happened to look at.</summary>
    private static long? Status(string field)
    {
        if (!File.Exists("/proc/self/status"))
        {
            using var self = Process.GetCurrentProcess();
            return field == "VmHWM:" ? self.PeakWorkingSet64 : self.WorkingSet64;
        }

        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }
}
