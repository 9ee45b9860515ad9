using System.Diagnostics;
using System.Globalization;
using Messaging.TestServers;

namespace Messaging.Reliability;

/// <summary>A file system in memory that is soon full. Mounting it needs root, or sudo without a password, as installing the servers does.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TestFolder _folder = new("disk");

    private SmallDisk()
    {
    }

    public string Path => System.IO.Path.Combine(_folder.Path, "mounted");

    public static SmallDisk Mount(int megabytes)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Path);
        Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=777"), "none", disk.Path);
        return disk;
    }

    /// <summary>Takes up some of the room.</summary>
    /// <returns>The file; the room comes back when it is deleted.</returns>
    public string Fill(string name, int bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, new byte[bytes]);
        return path;
    }

    /// <summary>Lets nobody write any more, not even root.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        Run("umount", Path);
        _folder.Dispose();
    }

    private static void Run(string program, params string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("sudo", ["-n", program, .. arguments]);
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program}' failed: {error}");
        }
    }
}
