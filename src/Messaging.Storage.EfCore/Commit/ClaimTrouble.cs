using System.Runtime.ExceptionServices;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Keeps what went wrong in a claim that brings work all the same: that is handed out, and the next claim tells. Safe for concurrent use.</summary>
internal sealed class ClaimTrouble
{
    private Exception? _untold;

    /// <summary>Notes a failure; of several untold ones the first counts.</summary>
    public void Note(Exception exception) => Interlocked.CompareExchange(ref _untold, exception, null);

    /// <summary>Notes a delivery that cannot be handed out, because something other than the suite deleted its row.</summary>
    public void NoteGone(Guid delivery) => Note(new MessagingStorageException(
        $"The delivery {delivery} is queued, but its row is not there: something other than the suite took it away. Restore it, or delete what messaging.work has of it."));

    /// <summary>Tells of it, once: when a claim brings nothing else, or else before the next one.</summary>
    public void Tell()
    {
        if (Volatile.Read(ref _untold) is not null && Interlocked.Exchange(ref _untold, null) is { } untold)
        {
            ExceptionDispatchInfo.Throw(untold);
        }
    }
}
