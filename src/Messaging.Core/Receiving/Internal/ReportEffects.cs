using Messaging.Channels;
using Messaging.Dispatching;
using Messaging.Gates;
using Messaging.Storage;

namespace Messaging.Receiving;

/// <summary>What a report does to later messages: suppression of addresses, opt-outs and their end, a paused sender. Safe to do twice.</summary>
internal sealed class ReportEffects(AddressEffects addresses, SenderEffects senders)
{
    public ValueTask ApplyAsync(ProviderEvent report, DeliveryRecord record, CancellationToken cancellationToken)
    {
        var (tenant, address) = (record.Delivery.Tenant, record.Delivery.Address);
        return report.Type switch
        {
            MessageEventType.HardBounced => addresses.HardBouncedAsync(tenant, address, report.Account, cancellationToken),
            MessageEventType.SoftBounced => addresses.SoftBouncedAsync(tenant, address, ReportChange.KeyOf(report), report.Account, cancellationToken),
            MessageEventType.Complained => addresses.RefusedByRecipientAsync(record.Message, address, SuppressionReason.Complaint, report.Account, cancellationToken),
            MessageEventType.Unsubscribed => addresses.RefusedByRecipientAsync(record.Message, address, SuppressionReason.Unsubscribed, report.Account, cancellationToken),
            MessageEventType.Resubscribed => addresses.WelcomedAsync(record.Message, address, cancellationToken),
            MessageEventType.Rejected or MessageEventType.Undelivered => RefusedAsync(report, record, cancellationToken),
            _ => default,
        };
    }

    private ValueTask RefusedAsync(ProviderEvent report, DeliveryRecord record, CancellationToken cancellationToken) => report.Scope switch
    {
        FailureScope.Address => addresses.RefusedAsync(
            record.Delivery.Tenant, record.Delivery.Address, report.Reason, ReportChange.KeyOf(report), report.Account, cancellationToken),
        FailureScope.Sender => senders.RefusedAsync(record, report.Account, report.ProviderText ?? report.Reason.ToString(), cancellationToken),
        _ => default,
    };
}
