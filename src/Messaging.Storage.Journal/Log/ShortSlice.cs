using System.Runtime.InteropServices;

namespace Messaging.Storage.Journal.Log;

/// <summary>Asks the system to let the calling thread run soon after it woke, and in return for a short time only.</summary>
/// <remarks>
/// The journal's thread sleeps while the disk works, and has little to do before the next flush. On a busy machine it would wait for a processor about as
/// long as for the disk. Linux knows of such requests since 6.12; they need no privilege, and where they are not known nothing is lost.
/// </remarks>
internal static partial class ShortSlice
{
    /// <summary>The shortest that Linux grants, in nanoseconds.</summary>
    private const ulong Shortest = 100_000;

    public static void Ask()
    {
        if (OperatingSystem.IsLinux() && CallNumber() is { } setAttributes)
        {
            var attributes = new Attributes { Size = (uint)Marshal.SizeOf<Attributes>(), Runtime = Shortest };
            _ = Call(setAttributes, 0, attributes, 0);
        }
    }

    /// <summary><c>sched_setattr</c>, which not each C library has a function for.</summary>
    private static nint? CallNumber() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 314,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 274,
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint thread, in Attributes attributes, nint flags);

    /// <summary><c>struct sched_attr</c>: with zeros for all but the slice, the ordinary policy.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public uint Size;
        public uint Policy;
        public ulong Flags;
        public int Nice;
        public uint Priority;
        public ulong Runtime;
        public ulong Deadline;
        public ulong Period;
    }
}
