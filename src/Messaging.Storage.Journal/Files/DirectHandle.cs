using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Messaging.Storage.Journal.Files;

/// <summary>Opens files past the system's memory, which the framework has no option for on Linux.</summary>
internal static partial class DirectHandle
{
    private const int ReadWrite = 0x2;

    /// <summary><c>O_DSYNC</c>: a write returns once it can be read after a loss of power.</summary>
    private const int Durable = 0x1000;

    /// <summary><c>O_CLOEXEC</c>, on all of the processors below.</summary>
    private const int NotInherited = 0x80000;

    /// <summary>Opens a file that is there, so that each write to it is durable when it returns.</summary>
    /// <returns><see langword="null"/> where it cannot be opened so.</returns>
    public static SafeFileHandle? Open(string path)
    {
        if (!OperatingSystem.IsLinux() || Direct() is not { } direct)
        {
            return null;
        }

        var handle = Open(path, ReadWrite | NotInherited | Durable | direct);
        return handle < 0 ? null : new SafeFileHandle(handle, ownsHandle: true);
    }

    /// <summary><c>O_DIRECT</c>, which is not the same number on each processor.</summary>
    private static int? Direct() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 or Architecture.X86 or Architecture.RiscV64 or Architecture.S390x or Architecture.LoongArch64 => 0x4000,
        Architecture.Arm64 or Architecture.Arm => 0x10000,
        _ => null,
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
