using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>How a send within the call ended.</summary>
/// <param name="Delivery">The delivery as it is to be stored: done, with its attempt, the provider's id and what is known.</param>
/// <param name="Status">What the caller is told: Sent, Failed, Unconfirmed or Suppressed.</param>
/// <param name="Why">The reason, unless it was sent.</param>
/// <param name="Enqueues">Work that belongs into the same change, such as the host's event handlers.</param>
internal sealed record ImmediateOutcome(StoredDelivery Delivery, SendStatus Status, Why? Why, IReadOnlyList<WorkItem> Enqueues);
