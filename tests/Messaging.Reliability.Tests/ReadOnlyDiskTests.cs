using Messaging.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Reliability;

/// <summary>A journal on a file system that cannot be written is refused, in words that name the cure, and is untouched.</summary>
public sealed class ReadOnlyDiskTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_DiskIsReadOnly_SaysSo(bool isThere)
    {
        using var disk = SmallDisk.Mount(megabytes: 16);
        if (isThere)
        {
            Open(disk).Dispose();
        }

        disk.MakeReadOnly();

        var refused = Assert.Throws<JournalException>(() => Open(disk));

        Assert.Equal(JournalProblem.ReadOnly, refused.Problem);
        Assert.Contains("JournalOptions.Path", refused.Message, StringComparison.Ordinal);
    }

    private static JournalStore Open(SmallDisk disk) => new(
        new JournalOptions { Path = Path.Combine(disk.Path, "journal"), LockTimeout = TimeSpan.Zero, SegmentSize = 1024 * 1024 },
        TimeProvider.System,
        NullLogger<JournalStore>.Instance);
}
