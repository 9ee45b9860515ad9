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

    private const uint Ordinary = 0;

    /// <summary>Asks for the calling thread; what else was set for it, such as a niceness, stays.</summary>
    /// <returns>Whether the system knows such requests, or at least ignores them.</returns>
    public static bool TryAsk()
    {
        if (!OperatingSystem.IsLinux() || CallNumbers() is not { } calls)
        {
            return false;
        }

        var attributes = default(Attributes);
        if (Call(calls.Get, 0, ref attributes, Marshal.SizeOf<Attributes>(), 0) != 0 || attributes.Policy != Ordinary)
        {
            return false;
        }

        attributes.Runtime = Shortest;
        return Call(calls.Set, 0, ref attributes, 0, 0) == 0;
    }

    /// <summary>The numbers of <c>sched_getattr</c> and <c>sched_setattr</c>, which not each C library has functions for.</summary>
    private static (nint Get, nint Set)? CallNumbers() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (315, 314),
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => (275, 274),
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, nint thread, ref Attributes attributes, nint sizeOrFlags, nint flags);

    /// <summary><c>struct sched_attr</c>.</summary>
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
