using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>One step of a plan as it would be delivered.</summary>
/// <param name="Step">Its place in the route, from 0; the delivery's <see cref="StoredDelivery.PlanStep"/>.</param>
/// <param name="Delivery">
/// The delivery. Of the first step it is stored as it is, with what the gates said. Of a later one the address, the channel and the payload
/// are kept in the plan (data to render, not rendered content, so that nothing is rendered that is never sent), and gates are asked when it starts.
/// </param>
/// <param name="Proof">The best proof of arrival that the step's channel gives.</param>
internal sealed record PlanStepDraft(int Step, StoredDelivery Delivery, MessageEventType Proof);
