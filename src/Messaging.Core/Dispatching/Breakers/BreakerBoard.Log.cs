using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

internal sealed partial class BreakerBoard
{
    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Warning, "Account {Account} is left alone until {Until}: {Reason}", EventName = "BreakerOpened")]
        public static partial void Opened(ILogger logger, string account, DateTimeOffset until, string reason);

        [LoggerMessage(1201, LogLevel.Information, "Account {Account} is tried by one delivery.", EventName = "BreakerProbing")]
        public static partial void Probing(ILogger logger, string account);

        [LoggerMessage(1202, LogLevel.Information, "Account {Account} works again.", EventName = "BreakerClosed")]
        public static partial void Closed(ILogger logger, string account);
    }
}
