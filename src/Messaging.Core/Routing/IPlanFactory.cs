using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>Makes the plan of one recipient while a request with a <see cref="Route.Fallback"/> is accepted.</summary>
/// <remarks>A <see cref="Route.Broadcast"/> needs no plan: each of its steps is a delivery like any other.</remarks>
internal interface IPlanFactory
{
    /// <summary>Returns the identity of a new plan, for the deliveries given to <see cref="Create"/>.</summary>
    PlanId NewId();

    /// <summary>Makes what must be committed with the message, in the same change.</summary>
    /// <param name="id">The plan, which every step's delivery names as <see cref="StoredDelivery.PlanId"/>.</param>
    /// <param name="route">The route.</param>
    /// <param name="steps">The steps that have an address, in order: one or more. A step without one is left out by the caller.</param>
    /// <param name="now">The instant of acceptance.</param>
    PlanDraft Create(PlanId id, Route.Fallback route, IReadOnlyList<PlanStepDraft> steps, DateTimeOffset now);
}
