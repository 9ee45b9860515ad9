using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

internal sealed partial class DispatchLoop
{
    private static partial class Log
    {
        [LoggerMessage(1280, LogLevel.Information, "The dispatcher runs.", EventName = "DispatcherStarted")]
        public static partial void Started(ILogger logger);

        [LoggerMessage(1281, LogLevel.Information, "The dispatcher has stopped; {Left} calls were still under way.", EventName = "DispatcherStopped")]
        public static partial void Stopped(ILogger logger, int left);

        [LoggerMessage(1282, LogLevel.Warning, "The time for stopping is over; {Left} calls are cancelled.", EventName = "DispatcherCancels")]
        public static partial void Cancelling(ILogger logger, int left);

        [LoggerMessage(1283, LogLevel.Error, "Claiming or preparing work failed; it is tried again.", EventName = "DispatchRoundFailed")]
        public static partial void RoundFailed(ILogger logger, Exception exception);

        [LoggerMessage(1284, LogLevel.Critical, "{Kind} {WorkId} broke off; it is taken up again when its lease ends.", EventName = "DispatchRunFailed")]
        public static partial void RunFailed(ILogger logger, WorkKind kind, Guid workId, Exception exception);

        [LoggerMessage(1285, LogLevel.Critical, "Prolonging leases broke off; it is done again at the next beat.", EventName = "DispatchBeatFailed")]
        public static partial void BeatFailed(ILogger logger, Exception exception);
    }
}
