using Messaging.Storage;

namespace Messaging.Receiving;

/// <summary>Finds the delivery that a report is about.</summary>
internal sealed class ReportMatcher(IMessageReader reader)
{
    /// <summary>Finds it.</summary>
    /// <returns><see langword="null"/> when there is none, or it belongs to another tenant than the account that reports.</returns>
    public async ValueTask<DeliveryRecord?> FindAsync(ProviderEvent report, CancellationToken cancellationToken)
    {
        var found = await reader.FindForReceiptAsync(report.DeliveryId, report.Account, report.ProviderId, cancellationToken).ConfigureAwait(false);
        return found is null || report.Tenant is null || report.Tenant == found.Delivery.Tenant ? found : null;
    }

    /// <summary>Returns whether a report is of something that was never handed to a provider: a wrong id, or a forgery.</summary>
    /// <remarks>What is in a worker's hands may have been handed over a moment ago: providers report before they answer.</remarks>
    public static bool IsImpossible(DeliveryState state) => state is { TotalAttempts: 0, AttemptBegan: false, Work: not WorkState.Leased };
}
