using Microsoft.Extensions.Logging;

namespace Messaging.Storage.Journal.Snapshots;

internal sealed partial class Compactor
{
    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Information, "Journal compacted: a snapshot stands for all before record {Lsn}.", EventName = "JournalCompacted")]
        public static partial void Compacted(ILogger logger, long lsn);

        [LoggerMessage(4, LogLevel.Warning, "The journal could not be compacted, and grows; it is tried again with the next segment.", EventName = "JournalNotCompacted")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
