using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>The route of one message to one recipient, as it stands. Its version guards it: a timer and a report cannot both start a step.</summary>
internal sealed record DeliveryPlan : IEntity<DeliveryPlan>
{
    public const string ByMessage = "message";

    public const string ByReference = "reference";

    /// <summary>Gets the schema: what can still start a step is found by what an operator withdraws.</summary>
    public static EntitySchema<DeliveryPlan> Schema { get; } = new EntitySchema<DeliveryPlan>("delivery_plan", PlanJson.Default.DeliveryPlan)
        .Many(ByMessage, plan => plan.IsOpen ? [plan.MessageId.ToString()] : [])
        .Many(ByReference, plan => plan is { IsOpen: true, Reference: { } reference } ? [reference] : []);

    public required PlanId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required MessageId MessageId { get; init; }

    public required string Route { get; init; }

    public PlanStatus Status { get; init; }

    /// <summary>Gets the place in <see cref="Steps"/> of the step that was started last.</summary>
    public int Current { get; init; }

    public required IReadOnlyList<PlanStep> Steps { get; init; }

    public MessagePriority Priority { get; init; }

    public ContactId? ContactId { get; init; }

    public string? Reference { get; init; }

    /// <summary>Gets a value indicating whether more than one step reached the recipient.</summary>
    public bool DuplicateReach { get; init; }

    /// <summary>Gets a value indicating whether another step may start; one that arrived is taken up again when that comes back.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is PlanStatus.Active or PlanStatus.Arrived;

    [JsonIgnore]
    public string Key => KeyOf(Id);

    /// <summary>Returns the plan without what later steps would have sent.</summary>
    public DeliveryPlan Forget() => this with { Steps = [.. Steps.Select(step => step with { Payload = null })] };

    public static string KeyOf(PlanId id) => id.Value.ToString("N");
}
