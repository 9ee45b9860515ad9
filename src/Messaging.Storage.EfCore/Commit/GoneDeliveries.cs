namespace Messaging.Storage.EfCore.Commit;

/// <summary>Tells of deliveries that are queued and cannot be handed out, because something other than the suite deleted their rows. The others of a claim go out all the same. Safe for concurrent use.</summary>
internal sealed class GoneDeliveries
{
    private MessagingStorageException? _untold;

    /// <summary>Notes one that a claim found; of several untold ones the first is named.</summary>
    public void Note(Guid id) => Interlocked.CompareExchange(
        ref _untold,
        new MessagingStorageException(
            $"The delivery {id} is queued, but its row is not there: something other than the suite took it away. Restore it, or delete what messaging.work has of it."),
        null);

    /// <summary>Tells of it, once: when a claim brings nothing else, or else before the next one.</summary>
    /// <exception cref="MessagingStorageException">One was noted.</exception>
    public void Tell()
    {
        if (Volatile.Read(ref _untold) is not null && Interlocked.Exchange(ref _untold, null) is { } untold)
        {
            throw untold;
        }
    }
}
