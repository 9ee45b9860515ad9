using Microsoft.Extensions.Logging;

namespace Messaging.Channels.Email;

internal sealed partial class EmailChannel
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Mail of delivery {DeliveryId} accepted through {Account} in {ElapsedMs} ms.", EventName = "MailAccepted")]
        public static partial void Accepted(ILogger logger, DeliveryId deliveryId, string account, double elapsedMs);

        [LoggerMessage(2, LogLevel.Information, "Mail of delivery {DeliveryId} refused through {Account}: {Reason}, scope {Scope}, code {Code}.", EventName = "MailRejected")]
        public static partial void Rejected(
            ILogger logger, DeliveryId deliveryId, string account, RejectionReason reason, FailureScope scope, string? code);

        [LoggerMessage(3, LogLevel.Information, "Mail of delivery {DeliveryId} put off through {Account}: scope {Scope}, code {Code}.", EventName = "MailThrottled")]
        public static partial void Throttled(ILogger logger, DeliveryId deliveryId, string account, FailureScope scope, string? code);

        [LoggerMessage(4, LogLevel.Warning, "Mail of delivery {DeliveryId} not sent through {Account}: {Why}", EventName = "MailNotSent")]
        public static partial void NotSent(ILogger logger, DeliveryId deliveryId, string account, string why);

        [LoggerMessage(5, LogLevel.Warning, "Mail of delivery {DeliveryId} left through {Account}, and nobody knows whether it arrived: {Why}", EventName = "MailUnconfirmed")]
        public static partial void Unconfirmed(ILogger logger, DeliveryId deliveryId, string account, string why);

        [LoggerMessage(6, LogLevel.Information, "Mail of delivery {DeliveryId} cannot be made for {Account}: {Field} cannot be used.", EventName = "MailUnsendable")]
        public static partial void Unsendable(ILogger logger, DeliveryId deliveryId, string account, string field);

        [LoggerMessage(7, LogLevel.Error, "The transport of {Account} failed with {Exception} for delivery {DeliveryId}.", EventName = "MailTransportFailed")]
        public static partial void TransportFailed(ILogger logger, DeliveryId deliveryId, string account, string exception);
    }
}
