using System.Runtime.InteropServices;

namespace Messaging.Storage.Journal.Log;

public class ShortSliceTests
{
    [Fact]
    public void TryAsk_OnLinux_IsUnderstood()
    {
        var isKnown = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is (Architecture.X64 or Architecture.Arm64);
        var isUnderstood = false;
        var thread = new Thread(() => isUnderstood = ShortSlice.TryAsk());

        thread.Start();
        thread.Join();

        Assert.Equal(isKnown, isUnderstood);
    }
}
