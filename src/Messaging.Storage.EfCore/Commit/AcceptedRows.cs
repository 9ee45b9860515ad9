using Messaging.Storage.EfCore.Schema;

namespace Messaging.Storage.EfCore.Commit;

/// <summary>Makes rows of what is accepted, and what was accepted of rows.</summary>
internal static class AcceptedRows
{
    public static MessageRow Message(StoredMessage message, Acceptance accept) => new()
    {
        Id = message.Id.Value,
        Tenant = message.Tenant.Value,
        AcceptedAt = message.AcceptedAt.UtcTicks,
        Category = message.Category,
        Template = message.Template,
        Reference = message.Reference,
        ExpiresAt = message.ExpiresAt?.UtcTicks,
        Sensitive = message.Sensitive,
        Drops = message.Sensitive,
        IsBulk = accept.Deliveries.Count == 0,
        IsRouted = false,
        Payload = message.Payload.ToArray(),
    };

    public static DeliveryRow Delivery(StoredDelivery delivery) => new()
    {
        Id = delivery.Id.Value,
        MessageId = delivery.MessageId.Value,
        Tenant = delivery.Tenant.Value,
        Kind = delivery.Address.Kind,
        Address = delivery.Address.Value,
        AddressHash = Codes.HashOf(delivery.Tenant.Value, delivery.Address.Kind, delivery.Address.Value),
        Channel = delivery.Channel,
        Priority = (short)delivery.Priority,
        AcceptedAt = delivery.AcceptedAt.UtcTicks,
        ContactId = delivery.ContactId?.Value,
        Reference = delivery.Reference,
        PlanId = delivery.PlanId?.Value,
        PlanStep = delivery.PlanStep,
        ItemHash = Codes.ToGuidOrNull(delivery.ItemHash),
        Payload = delivery.Payload.ToArray(),
    };

    public static StoredMessage ToMessage(MessageRow row) => new()
    {
        Id = new MessageId(row.Id),
        Tenant = new TenantId(row.Tenant),
        AcceptedAt = Codes.ToInstant(row.AcceptedAt),
        Category = row.Category,
        Template = row.Template,
        Reference = row.Reference,
        ExpiresAt = Codes.ToInstantOrNull(row.ExpiresAt),
        Sensitive = row.Sensitive,
        Payload = row.Payload,
    };

    public static StoredDelivery ToDelivery(DeliveryRow row) => new()
    {
        Id = new DeliveryId(row.Id),
        MessageId = new MessageId(row.MessageId),
        Tenant = new TenantId(row.Tenant),
        Address = new Address(row.Kind, row.Address),
        Channel = row.Channel,
        Priority = (MessagePriority)row.Priority,
        AcceptedAt = Codes.ToInstant(row.AcceptedAt),
        ContactId = row.ContactId is { } contact ? new ContactId(contact) : null,
        Reference = row.Reference,
        PlanId = row.PlanId is { } plan ? new PlanId(plan) : null,
        PlanStep = row.PlanStep,
        ItemHash = Codes.ToUInt128(row.ItemHash),
        Payload = row.Payload,
    };

    public static IdempotencyRow Idempotency(Acceptance accept, IdempotencyClaim claim) => new()
    {
        Tenant = (accept.Message?.Tenant ?? accept.Deliveries[0].Tenant).Value,
        Key = claim.Key,
        Fingerprint = Codes.ToGuid(claim.Fingerprint),
        MessageId = (accept.Message?.Id ?? accept.Deliveries[0].MessageId).Value,
        KeepUntil = claim.KeepUntil.UtcTicks,
    };
}
