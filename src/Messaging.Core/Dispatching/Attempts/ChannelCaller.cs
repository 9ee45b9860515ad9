using System.Runtime.CompilerServices;
using Messaging.Channels;
using Messaging.Sending;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Dispatching;

/// <summary>Makes the message for a live channel and calls it. Whatever escapes the channel once the call has begun is an unknown outcome.</summary>
internal sealed partial class ChannelCaller(ChannelPool pool, IOutboundMessageFactory factory, TimeProvider time, ILogger<ChannelCaller> logger)
{
    /// <summary>Takes the account's live channel and makes the message for it.</summary>
    /// <exception cref="ChannelConfigurationException">The account cannot be used.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ChannelCall> PrepareAsync(DeliveryRecord record, ChannelAccount account, CancellationToken cancellationToken)
    {
        var lease = pool.Lease(account);
        try
        {
            var build = await factory.BuildAsync(record, lease.Channel.Capabilities, cancellationToken).ConfigureAwait(false);
            return new ChannelCall(lease, build.Message, build.Rendered, build.Failure);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Calls.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ChannelAnswer> CallAsync(ChannelCall call, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        SendResult? result;
        try
        {
            result = await call.Lease.Channel.SendAsync(call.Message!, cancellationToken).ConfigureAwait(false)
                ?? new SendResult.Unconfirmed("The channel gave no answer.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            result = null;
        }
        catch (Exception e)
        {
            Log.Escaped(logger, call.Message!.DeliveryId, e);
            result = new SendResult.Unconfirmed($"{e.GetType().Name} escaped the channel.");
        }

        return new ChannelAnswer(result, time.GetElapsedTime(started));
    }

    private static partial class Log
    {
        [LoggerMessage(1251, LogLevel.Error, "An exception escaped the channel while it sent delivery {DeliveryId}: whether it was sent is unknown.", EventName = "ChannelFailed")]
        public static partial void Escaped(ILogger logger, DeliveryId deliveryId, Exception exception);
    }
}
