using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>The work of looking at a plan: its payload is the plan's id.</summary>
internal static class RouteCheckWork
{
    public static WorkItem Create(IdGenerator ids, TenantId tenant, PlanId plan, MessagePriority priority, DateTimeOffset dueAt) => new()
    {
        Id = ids.Next(),
        Kind = WorkKind.RouteCheck,
        Tenant = tenant,
        Priority = priority,
        DueAt = dueAt,
        Payload = plan.Value.ToByteArray(bigEndian: true),
    };

    /// <summary>Returns the plan; <see langword="null"/> when the payload is not one.</summary>
    public static PlanId? Read(WorkItem item) => item.Payload.Length == 16 ? new PlanId(new Guid(item.Payload.Span, bigEndian: true)) : null;
}
