using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>What a new plan adds to the change that accepts its message.</summary>
/// <param name="First">The delivery to store now.</param>
/// <param name="Plan">The plan to write.</param>
/// <param name="Check">The work that looks for proof of arrival; <see langword="null"/> when no step has a deadline or a reason to be looked at.</param>
internal sealed record PlanDraft(StoredDelivery First, EntityChange Plan, WorkItem? Check);
