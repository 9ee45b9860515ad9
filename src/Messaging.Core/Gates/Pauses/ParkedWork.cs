using Messaging.Operations;
using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Closes the gap between a gate that reads a pause and the commit that parks for it: who resumes in between finds nothing to release.</summary>
internal sealed class ParkedWork(PauseBook book, IMessageStore store)
{
    /// <summary>Looks once more at what was parked. Call it after the commit: either the resume sees what is parked, or this sees the resume.</summary>
    /// <param name="tenant">The owner of what was parked.</param>
    /// <param name="parkKey">What it was parked under; a key that is not of a pause is left alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask ConfirmAsync(TenantId tenant, string? parkKey, CancellationToken cancellationToken)
    {
        if (!ParkKeys.IsPause(parkKey))
        {
            return;
        }

        var view = await book.ViewAsync(tenant, cancellationToken).ConfigureAwait(false);
        if (!view.Holds(parkKey!))
        {
            await store.ReleaseAllAsync(parkKey!, cancellationToken).ConfigureAwait(false);
        }
    }
}
