namespace Messaging.Storage.Journal.Files;

/// <summary>Tells the failures of disks apart.</summary>
internal static class DiskErrors
{
    private const int NoSpace = 28;
    private const int QuotaOnLinux = 122;
    private const int QuotaOnMac = 69;
    private const int DiskFullOnWindows = unchecked((int)0x80070070);
    private const int HandleDiskFullOnWindows = unchecked((int)0x80070027);

    public static bool IsFull(IOException exception) =>
        exception.HResult is NoSpace or QuotaOnLinux or QuotaOnMac or DiskFullOnWindows or HandleDiskFullOnWindows;
}
