using Messaging.Storage.Journal.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace Messaging.Storage.Journal.Support;

/// <summary>Opens journals with segments so small that tests reach their ends.</summary>
internal static class Journals
{
    public static JournalOptions Options(string path, int segmentSize = 64 * 1024) => new()
    {
        Path = path,
        SegmentSize = segmentSize,
        LockTimeout = TimeSpan.Zero,
    };

    public static JournalStore Open(string path, TimeProvider time, IJournalDisk? disk = null, Action<JournalOptions>? configure = null, bool keepsClaims = false)
    {
        var options = Options(path);
        configure?.Invoke(options);
        return new JournalStore(options, time, NullLogger.Instance, disk ?? new JournalDisk(path), keepsClaims);
    }
}
