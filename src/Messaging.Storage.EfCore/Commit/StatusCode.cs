using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>The status as a column: what evidence or the end of the work settles, or that it follows from the place in the queue.</summary>
/// <remarks>So a claim or a promotion need not write the status, and a query can still ask for it.</remarks>
internal static class StatusCode
{
    /// <summary>The place in the queue says where it stands.</summary>
    public const short ByWork = -1;

    /// <summary>Unconfirmed, unless it is in a worker's hands.</summary>
    public const short InDoubt = -2;

    public static short Of(StateRow state, Evidence evidence, bool isDone)
    {
        var status = DeliveryStatusProjection.Project(isDone ? WorkState.Done : WorkState.Ready, state.TotalAttempts, evidence, state.Generation);
        return isDone || status is DeliveryStatus.Bounced or DeliveryStatus.Read or DeliveryStatus.Delivered ? (short)status
            : status == DeliveryStatus.Unconfirmed ? InDoubt
            : ByWork;
    }

    /// <summary>Returns the status that a column and the place in the queue make together.</summary>
    /// <param name="status">The column.</param>
    /// <param name="work">The place; one whose wait has ended counts as ready.</param>
    /// <param name="attempts">Provider calls in all generations.</param>
    public static DeliveryStatus Resolve(short status, WorkState work, int attempts) =>
        status >= 0 ? (DeliveryStatus)status
        : work == WorkState.Leased ? DeliveryStatus.Sending
        : status == InDoubt ? DeliveryStatus.Unconfirmed
        : work == WorkState.Waiting && attempts == 0 ? DeliveryStatus.Scheduled
        : DeliveryStatus.Queued;
}
