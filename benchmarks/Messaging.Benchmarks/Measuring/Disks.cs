using System.Diagnostics;

namespace Messaging.Benchmarks.Measuring;

/// <summary>The machine's disks.</summary>
internal static class Disks
{
    /// <summary>Waits until they have written what the operating system has gathered for them.</summary>
    public static void Settle()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var sync = Process.Start("sync");
        sync.WaitForExit();
    }
}
