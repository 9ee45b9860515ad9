using Messaging.Dispatching;
using Messaging.Sending;
using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Receiving;

/// <summary>Calls the host's handlers, in a scope of their own. One that throws is called again, with growing waits; those that are done are not.</summary>
internal sealed partial class HostEventHandler(
    IServiceScopeFactory scopes,
    IMessageReader reader,
    IPayloadFacts facts,
    IOptionsMonitor<EventHandlerOptions> options,
    TimeProvider time,
    ILogger<HostEventHandler> logger) : IWorkHandler
{
    public WorkKind Kind => WorkKind.NotifyHost;

    public async ValueTask<WorkAnswer> HandleAsync(LeasedWork work, CancellationToken cancellationToken)
    {
        var word = HostEvents.Read(work.Item!);
        var record = await reader.GetDeliveryAsync(work.Item!.Tenant, new DeliveryId(word.Delivery), cancellationToken).ConfigureAwait(false);
        if (record is null)
        {
            return WorkAnswer.Done;
        }

        var (handled, failed) = await CallAsync(Event(word, record), word.Handled, cancellationToken).ConfigureAwait(false);
        return failed ? Again(word with { Handled = handled, Failures = word.Failures + 1 }) : WorkAnswer.Done;
    }

    private async ValueTask<(IReadOnlyList<string> Handled, bool Failed)> CallAsync(MessageEvent e, IReadOnlyList<string> handled, CancellationToken cancellationToken)
    {
        List<string> done = [.. handled];
        var failed = false;
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            foreach (var handler in scope.ServiceProvider.GetServices<IMessageEventHandler>())
            {
                var name = handler.GetType().FullName!;
                if (done.Contains(name))
                {
                    continue;
                }

                try
                {
                    await handler.HandleAsync(e, cancellationToken).ConfigureAwait(false);
                    done.Add(name);
                }
                catch (Exception ex) when (ex is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    failed = true;
                    Log.Failed(logger, name, e.Type, e.DeliveryId, ex);
                }
            }
        }

        return (done, failed);
    }

    private WorkAnswer Again(HostEventWork word)
    {
        var current = options.CurrentValue;
        if (word.Failures >= current.MaxAttempts)
        {
            Log.GivenUp(logger, word.Type, new DeliveryId(word.Delivery), word.Failures);
            return WorkAnswer.Done;
        }

        var wait = current.FirstWait * Math.Pow(2, Math.Min(word.Failures - 1, 20));
        return WorkAnswer.Again(time.GetUtcNow() + (wait < current.LongestWait ? wait : current.LongestWait), HostEvents.Write(word));
    }

    private MessageEvent Event(HostEventWork word, DeliveryRecord record) => new()
    {
        Id = word.Id,
        Tenant = record.Delivery.Tenant,
        MessageId = record.Message.Id,
        DeliveryId = record.Delivery.Id,
        Type = word.Type,
        Status = word.Status,
        OccurredAt = word.At,
        Kind = record.Delivery.Address.Kind,
        Account = word.Account,
        Reference = record.Delivery.Reference ?? record.Message.Reference,
        Metadata = facts.MetadataOf(record.Message),
        Why = word.Why,
        ProviderCode = word.ProviderCode,
    };

    private static partial class Log
    {
        [LoggerMessage(1410, LogLevel.Error, "Handler {Handler} failed on {Type} of delivery {DeliveryId}; it is called again later.", EventName = "EventHandlerFailed")]
        public static partial void Failed(ILogger logger, string handler, MessageEventType type, DeliveryId deliveryId, Exception exception);

        [LoggerMessage(1411, LogLevel.Critical, "A handler failed on {Type} of delivery {DeliveryId} {Failures} times; the event is given up.", EventName = "EventGivenUp")]
        public static partial void GivenUp(ILogger logger, MessageEventType type, DeliveryId deliveryId, int failures);
    }
}
