namespace Messaging.Storage.Journal.Files;

public sealed class DataFlushTests
{
    private static readonly string Nowhere = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

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
