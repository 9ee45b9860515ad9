using Microsoft.Extensions.Logging;

namespace Messaging.Storage.Journal.Recovery;

internal sealed partial class JournalRecovery
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Journal opened: {Records} records of {Segments} segments.", EventName = "JournalOpened")]
        public static partial void Opened(ILogger logger, long records, int segments);

        [LoggerMessage(
            2, LogLevel.Warning, "The journal had a torn end from record {Lsn} on ({Segment}, byte {Offset}), as a loss of power leaves it; what was not durable was cut off.",
            EventName = "JournalTornEnd")]
        public static partial void TornEnd(ILogger logger, long lsn, string segment, int offset);
    }
}
