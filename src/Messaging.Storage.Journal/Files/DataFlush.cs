using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Messaging.Storage.Journal.Files;

/// <summary>Makes what was written to a file durable, and of what the file system knows about it only what is needed to read it again. The framework also waits for its times, which is a second write to another place of the disk.</summary>
internal static partial class DataFlush
{
    private const int Interrupted = 4;
    private const int CannotBeFlushed = 22;
    private const int IsReadOnly = 30;
    private const int IsNotSupported = 95;

    /// <exception cref="IOException">The disk failed; what was written before may be lost although the next flush succeeds.</exception>
    public static void Run(SafeFileHandle handle)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }

        while (Fdatasync(handle) != 0)
        {
            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case CannotBeFlushed or IsReadOnly or IsNotSupported: // No file that keeps anything in memory; the framework takes it so, too.
                    return;
                case var error:
                    throw new IOException("A file of the journal could not be made durable.", error);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int Fdatasync(SafeFileHandle handle);
}
