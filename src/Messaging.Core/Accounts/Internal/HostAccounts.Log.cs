using Microsoft.Extensions.Logging;

namespace Messaging.Channels;

internal sealed partial class HostAccounts
{
    private static partial class Log
    {
        [LoggerMessage(1110, LogLevel.Information, "The options of account {Account} changed; its channel is made anew.", EventName = "AccountReloaded")]
        public static partial void Reloaded(ILogger logger, string account);

        [LoggerMessage(1111, LogLevel.Error, "The options of account {Account} changed and are wrong; the account goes on as it was.", EventName = "AccountReloadFailed")]
        public static partial void ReloadFailed(ILogger logger, string account, Exception exception);
    }
}
