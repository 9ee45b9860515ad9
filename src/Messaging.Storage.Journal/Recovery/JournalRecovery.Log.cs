using Microsoft.Extensions.Logging;

namespace Messaging.Storage.Journal.Recovery;

internal sealed partial class JournalRecovery
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Journal opened: {Records} records of {Segments} segments.", EventName = "JournalOpened")]
        public static partial void Opened(ILogger logger, long records, int segments);

        [LoggerMessage(5, LogLevel.Error, "The journal is damaged and is being salvaged.", EventName = "JournalSalvaged")]
        public static partial void Salvaged(ILogger logger, JournalException damage);

        [LoggerMessage(6, LogLevel.Error, "Left out of {Segment} from byte {Offset}: records {First} to {Last}.", EventName = "JournalRecordsLeftOut")]
        public static partial void LeftOut(ILogger logger, string segment, int offset, long first, long last);

        [LoggerMessage(
            2, LogLevel.Warning, "The journal had a torn end from record {Lsn} on ({Segment}, byte {Offset}), as a loss of power leaves it; what was not durable was cut off.",
            EventName = "JournalTornEnd")]
        public static partial void TornEnd(ILogger logger, long lsn, string segment, int offset);
    }
}
