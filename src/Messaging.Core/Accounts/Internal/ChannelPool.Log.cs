using Microsoft.Extensions.Logging;

namespace Messaging.Channels;

internal sealed partial class ChannelPool
{
    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Debug, "The channel of account {Account} is drained and closed.", EventName = "ChannelDrained")]
        public static partial void Drained(ILogger logger, string account);

        [LoggerMessage(1101, LogLevel.Warning, "The channel of account {Account} could not be closed.", EventName = "ChannelDisposeFailed")]
        public static partial void DisposeFailed(ILogger logger, string account, Exception exception);
    }
}
