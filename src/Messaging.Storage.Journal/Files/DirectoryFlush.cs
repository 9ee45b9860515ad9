using System.Runtime.InteropServices;

namespace Messaging.Storage.Journal.Files;

/// <summary>Makes the names in a directory durable. The framework has no call for it; Windows needs none.</summary>
internal static partial class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The directory could not be flushed.</exception>
    public static void Run(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(directory, ReadOnly);
        if (handle < 0)
        {
            throw Failed();
        }

        try
        {
            if (Fsync(handle) != 0)
            {
                throw Failed();
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failed() => new("The names in the journal's directory could not be made durable.", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
