namespace Messaging.Storage.Journal.Files;

public sealed class DataFlushTests
{
    private static readonly string Nowhere = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    [Fact]
    public void Run_FileThatGrew_IsReadByOthersWithItsNewLength()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            RandomAccess.Write(handle, new byte[10_000], 0);

            DataFlush.Run(handle);

            Assert.Equal(10_000, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Run_NoFileOfADisk_HasNothingToWaitFor()
    {
        using var handle = File.OpenHandle(Nowhere, FileMode.Open, FileAccess.ReadWrite);

        Assert.Null(Record.Exception(() => DataFlush.Run(handle)));
    }

    [Fact]
    public void Run_HandleThatIsClosed_IsRefused()
    {
        var handle = File.OpenHandle(Nowhere, FileMode.Open, FileAccess.ReadWrite);
        handle.Dispose();

        Assert.Throws<ObjectDisposedException>(() => DataFlush.Run(handle));
    }
}
