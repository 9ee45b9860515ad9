using System.Text.Json.Serialization;
using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>The route of one message to one recipient, as it stands. Its version guards it: a timer and a report cannot both start a step.</summary>
internal sealed record DeliveryPlan : IEntity<DeliveryPlan>
{
    public static EntitySchema<DeliveryPlan> Schema { get; } = new("delivery_plan", PlanJson.Default.DeliveryPlan);

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

    [JsonIgnore]
    public string Key => KeyOf(Id);

    public static string KeyOf(PlanId id) => id.Value.ToString("N");
}
