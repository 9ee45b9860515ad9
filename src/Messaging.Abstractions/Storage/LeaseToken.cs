namespace Messaging.Storage;

/// <summary>Proof of a claim. A settlement under an older fence changes nothing. The claim holds until it is settled or its time has ended; after that it may be lost at any moment.</summary>
/// <param name="Kind">The kind of work.</param>
/// <param name="WorkId">The work item; of a delivery, the delivery's id.</param>
/// <param name="Fence">Grows with every claim of the item.</param>
public readonly record struct LeaseToken(WorkKind Kind, Guid WorkId, long Fence);
